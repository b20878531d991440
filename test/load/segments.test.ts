/**
 * A load split over four k6 processes, as k6-operator splits it over four pods (docs/scale.md): side by side they send what one
 * process sends, leave the endpoint as one leaves it, and their journals make one measurement.
 */
import { beforeAll, describe, expect, it } from "vitest"
import type { ProfileName } from "../../load/catalogue.ts"
import { cachedK6 } from "../../load/k6/find-k6.ts"
import { buildPlan } from "../../load/plan/build.ts"
import type { LoadPlan } from "../../load/plan/plan.ts"
import { requireTool } from "../require-tool.ts"
import { type Outcome, playSideBySide } from "./side-by-side.ts"

const tool = requireTool("k6", ["k6", cachedK6()])
const k6 = tool.path ?? ""
const SEGMENTS = 4
const NAME = `four execution segments${tool.path === undefined ? ` (${tool.reason})` : ""}`

async function plan(profile: ProfileName, tenants = 1): Promise<LoadPlan> {
  return await buildPlan({ profile, seed: 6, runId: "segments", dialect: "entra", users: 60, tenants })
}

/** What of the first is not in the second, counted. */
function without(first: readonly string[], second: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of second) counts.set(line, (counts.get(line) ?? 0) + 1)
  return first.filter((line) => {
    const count = counts.get(line) ?? 0
    counts.set(line, count - 1)
    return count <= 0
  })
}

/** `GET PATH` of the look-ups that find each object of a plan, as the recorder writes them. */
function lookupsOf({ tenants }: LoadPlan): ReadonlySet<string> {
  const paths = tenants.flatMap(({ objects }) => Object.values<string>(objects))
  return new Set(paths.map((path) => `GET /scim/v2${decodeURIComponent(path.replaceAll("+", " "))} `))
}

/** Answers and errors by step. */
function countsOf({ measurement }: Outcome): readonly unknown[] {
  return [...measurement.bySteps(new Set())].map(([step, { requests, errors }]) => [step, requests, errors])
}

describe.skipIf(tool.path === undefined)(NAME, () => {
  describe.each(["initial-cycle", "group-storm", "incremental"] as const)("%s of one tenant", (profile) => {
    let planned: LoadPlan
    let one: Outcome
    let four: Outcome
    beforeAll(async () => {
      planned = await plan(profile)
      one = await playSideBySide({ k6, plan: planned, processes: 1, lanes: 1 })
      four = await playSideBySide({ k6, plan: planned, processes: SEGMENTS, lanes: SEGMENTS })
    })

    it("send the same requests as one process, but for look-ups of what another segment created", () => {
      expect(one.log.length).toBeGreaterThan(100)
      expect(without(one.log, four.log)).toEqual([])
      const extra = without(four.log, one.log)
      const lookups = lookupsOf(planned)
      expect(extra.filter((line) => !lookups.has(line))).toEqual([])
      expect(four.measurement.split).toBe(extra.length)
    })

    it("leave the endpoint in the same state", () => {
      expect(one.state.length).toBeGreaterThan(60)
      expect(without(one.state, four.state)).toEqual([])
      expect(without(four.state, one.state)).toEqual([])
    })

    it("measure together what one process measures", () => {
      expect(countsOf(four)).toEqual(countsOf(one))
      expect([one.measurement.done, four.measurement.done]).toEqual([1, SEGMENTS])
      expect([one.measurement.unsent, four.measurement.unsent]).toEqual([0, 0])
    })
  })

  it("spread whole tenants, and then send exactly what one process sends", async () => {
    const planned = await plan("leavers", SEGMENTS)
    const one = await playSideBySide({ k6, plan: planned, processes: 1, lanes: 1 })
    const four = await playSideBySide({ k6, plan: planned, processes: SEGMENTS, lanes: 1 })
    expect(four.log.toSorted()).toEqual(one.log.toSorted())
    expect(four.state).toEqual(one.state)
    expect(countsOf(four)).toEqual(countsOf(one))
    expect(four.measurement.split).toBe(0)
  })

  it("wait for what another segment has not created yet: a group that comes only once somebody looked for it", async () => {
    const group = "Бухгалтерия load-segments-t1-4"
    const lookedFor = Promise.withResolvers<void>()
    let searches = 0
    const four = await playSideBySide({
      k6,
      plan: await plan("initial-cycle"),
      processes: SEGMENTS,
      lanes: SEGMENTS,
      async before(line) {
        if (!line.includes(group)) return
        // The first search is that of the segment which creates the group.
        if (line.startsWith("GET ") && ++searches === 2) lookedFor.resolve()
        if (line.startsWith("POST ")) await lookedFor.promise
      },
    })
    expect(searches).toBeGreaterThan(2)
    expect(four.measurement.unsent).toBe(0)
    const line = four.state.find((object) => object.startsWith(`{"id":"<Groups ${group}>"`))
    expect(line?.match(/<Users /g)).toHaveLength(59)
  })

  it("refuse a load in which one would delete what another still looks for", async () => {
    const split = playSideBySide({ k6, plan: await plan("leavers"), processes: SEGMENTS, lanes: SEGMENTS })
    await expect(split).rejects.toThrow(
      /The load of one tenant cannot be split here: user\.\d+ of t1 is deleted by one part/,
    )
  })
})
