/** Every PATCH vector, through HTTP, each on a fresh target that holds what the vector speaks of. */
import { describe, expect, it } from "vitest"
import { GROUP_URN, PATCH_OP_URN, USER_URN } from "../protocol/index.ts"
import { isJsonArray, isJsonObject } from "./json.ts"
import type { JsonObject, JsonValue } from "./json.ts"
import { createTestTarget } from "./testing.ts"
import type { Answer } from "./testing.ts"
import type { Compat } from "./tolerances.ts"
import { chosenOutcome, compatOf, patchVectors, vectorSchemas } from "./vectors.ts"
import type { PatchOutcome, PatchVector } from "./vectors.ts"

const { vectors } = patchVectors

/** RES-02: with Entra's tolerances the selected element is created where the RFC says noTarget. */
const CREATED_WITH_TOLERANCES: ReadonlyMap<string, readonly JsonObject[]> = new Map([
  [
    "P-add-valuepath-06",
    [
      { value: "home@example.com", type: "home" },
      { type: "work", value: "w@example.com" },
    ],
  ],
  ["P-add-valuepath-07", [{ type: "work", value: "w@example.com" }]],
  [
    "P-replace-valuepath-11",
    [
      { value: "work@example.com", type: "work", primary: true },
      { type: "home", value: "h@example.com" },
    ],
  ],
  ["P-replace-valuepath-12", [{ type: "home", value: "h@example.com" }]],
])

interface Patched {
  readonly before: Answer
  readonly answer: Answer
  readonly after: Answer
}

async function patch(compat: Compat, vector: PatchVector): Promise<Patched> {
  const { target, send } = createTestTarget({
    compat,
    schemas: vectorSchemas,
    seed: seedFor(vector),
  })
  const path = `/${vector.resourceType}s/${vector.before.id}`
  const before = await send("GET", path)
  const answer = await send("PATCH", path, { schemas: [PATCH_OP_URN], Operations: vector.operations })
  const after = await send("GET", path)
  target.close()
  return { before, answer, after }
}

/** The resource itself, and everybody whose id the vector mentions: u1, m1 are people, g1 a group. */
function seedFor(vector: PatchVector): readonly JsonObject[] {
  const text = JSON.stringify([vector.before, vector.operations])
  const ids = new Set([...text.matchAll(/"([umg]\d)\\?"/g)].flatMap(([, id]) => (id === undefined ? [] : [id])))
  const containing = isJsonArray(vector.before["groups"]) ? vector.before["groups"] : []
  const containers = new Set(containing.map((group) => (isJsonObject(group) ? group["value"] : null)))
  const mentioned = [...ids].map((id): JsonObject => {
    if (!id.startsWith("g")) return { schemas: [USER_URN], id, userName: `user ${id}` }
    const members = containers.has(id) ? [{ value: vector.before.id }] : []
    return { schemas: [GROUP_URN], id, displayName: `group ${id}`, members }
  })
  const others = (vector.context?.others ?? []).map((other, index) => Object.assign({ id: `other-${index}` }, other))
  return [...mentioned, ...others, vector.before]
}

/** A resource by the vectors' own rules of comparison: see `comparison` in the file. */
function comparable(resource: JsonObject): JsonValue {
  const compared = Object.entries(resource).filter(([name]) => !["id", "meta", "schemas", "groups"].includes(name))
  return normalise(Object.fromEntries(compared), "")
}

/** Sub-attributes that the server derives. */
const DERIVED: Readonly<Record<string, readonly string[]>> = {
  members: ["display", "$ref", "type"],
  manager: ["displayName", "$ref"],
}

function normalise(value: JsonValue, name: string): JsonValue {
  if (isJsonArray(value)) {
    const elements = value.map((element) => normalise(element, name)).filter((element) => element !== null)
    return elements.length === 0 ? null : elements.map((element) => JSON.stringify(element)).sort()
  }
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value)
    .filter(([key, part]) => !(DERIVED[name]?.includes(key) ?? false) && !(key === "primary" && part === false))
    .map(([key, part]) => [key, normalise(part, key)] as const)
    .filter(([, part]) => part !== null)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

function expectOutcome({ before, answer, after }: Patched, { expectError, after: expected }: PatchOutcome): void {
  if (expectError !== undefined) {
    expect({ status: answer.status, scimType: answer.json["scimType"] }).toEqual(expectError)
    expect(after.text).toBe(before.text)
    return
  }
  expect([200, 204]).toContain(answer.status)
  expect(comparable(after.json)).toEqual(comparable(expected ?? {}))
  const held = Object.keys(after.json).filter((name) => name.startsWith("urn:"))
  expect(after.json["schemas"]).toEqual(expect.arrayContaining(held))
}

const table = vectors.map((vector) => [vector.id, vector] as const)

describe("PATCH vectors in the mode they are written for", () => {
  it.each(table)("%s", async (_id, vector) => {
    const patched = await patch(compatOf(vector), vector)
    expectOutcome(patched, chosenOutcome<PatchOutcome>(vector))
    if (vector.noChange === true) expect(patched.after.text).toBe(patched.before.text)
  })
})

describe("RFC vectors with Entra's tolerances", () => {
  it.each(table.filter(([, vector]) => compatOf(vector) === "rfc"))("%s", async (id, vector) => {
    const created = CREATED_WITH_TOLERANCES.get(id)
    const outcome =
      created === undefined ? chosenOutcome<PatchOutcome>(vector) : { after: { ...vector.before, emails: created } }
    expectOutcome(await patch("entra", vector), outcome)
  })
})

describe("Entra's and Okta's vectors, strictly by the RFC", () => {
  it.each(table.filter(([, vector]) => compatOf(vector) === "entra"))(
    "%s is answered as one of the readings",
    async (_id, vector) => {
      const patched = await patch("rfc", vector)
      const readings = [vector, ...(vector.alternatives ?? [])].filter((reading) => isReading(patched, reading))
      expect(readings).not.toEqual([])
    },
  )
})

function isReading({ before, answer, after }: Patched, { expectError, after: expected }: PatchOutcome): boolean {
  if (expectError === undefined) {
    const isSame = JSON.stringify(comparable(after.json)) === JSON.stringify(comparable(expected ?? {}))
    return answer.status < 300 && isSame
  }
  const { status, scimType } = expectError
  return answer.status === status && answer.json["scimType"] === scimType && after.text === before.text
}
