/** What is remembered of groups is what they are: over random histories, whole answers beside projected ones, which remember nothing. */
import * as fc from "fast-check"
import { expect, it } from "vitest"
import type { JsonObject } from "../json.ts"
import { createTestTarget, group, patch, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

const USERS = [0, 1, 2]
const GROUPS = [0, 1, 2, 3]

type Step =
  | { readonly kind: "add" | "remove" | "removeWhere"; readonly group: number; readonly member: string }
  | { readonly kind: "rename" | "delete" | "fail"; readonly group: number; readonly name: string }

const member = fc.oneof(
  fc.constantFrom(...USERS).map((n) => `u${n}`),
  fc.constantFrom(...GROUPS).map((n) => `g${n}`),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("add", "add", "remove", "removeWhere"), group: fc.nat(3), member }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("rename", "delete", "fail"), group: fc.nat(3), name: fc.string() }),
  },
)

interface World extends TestTarget {
  readonly ids: ReadonlyMap<string, string>
}

async function createWorld(): Promise<World> {
  const target = createTestTarget()
  const ids = new Map<string, string>()
  for (const n of USERS) ids.set(`u${n}`, await target.create("/Users", user(`user${n}`)))
  for (const n of GROUPS) ids.set(`g${n}`, await target.create("/Groups", group(`group ${n}`)))
  return { ...target, ids }
}

async function take({ send, ids }: World, done: Step, number: number): Promise<void> {
  const path = `/Groups/${ids.get(`g${done.group}`)}`
  const operations = ({ kind, ...one }: Step): readonly JsonObject[] => {
    const value = "member" in one ? (ids.get(one.member) ?? "") : ""
    if (kind === "add") return [{ op: "add", path: "members", value: [{ value }] }]
    if (kind === "remove") return [{ op: "remove", path: "members", value: [{ value }] }]
    if (kind === "removeWhere") return [{ op: "remove", path: `members[value eq "${value}"]` }]
    const rename = { op: "replace", path: "displayName", value: `named ${number}` }
    return kind === "rename" ? [rename] : [rename, { op: "replace", path: "displayName", value: 7 }]
  }
  if (done.kind === "delete") await send("DELETE", path)
  else await send("PATCH", path, patch(...operations(done)))
}

it("RFC7643-4.1.2-06 is what the groups around a person are, whatever happened to them", async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const world = await createWorld()
      for (const [number, one] of steps.entries()) {
        await take(world, one, number)
        for (const n of USERS) {
          const path = `/Users/${world.ids.get(`u${n}`)}`
          const whole = await world.send("GET", path)
          const projected = await world.send("GET", `${path}?attributes=groups`)
          expect(whole.json["groups"]).toEqual(projected.json["groups"])
          seen.add(JSON.stringify(whole.json["groups"]))
        }
      }
    }),
    { numRuns: 80, seed: 5 },
  )
  expect(seen.size).toBeGreaterThan(30)
})
