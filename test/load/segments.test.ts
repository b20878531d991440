/**
 * A load split over four k6 processes, as k6-operator splits it over four pods (docs/scale.md): side by side they send what one
 * process sends, leave the endpoint as one leaves it, and their journals make one measurement.
 */
import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cachedK6, K6_ENVIRONMENT } from "../../load/k6/find-k6.ts"
import { buildPlan } from "../../load/plan/build.ts"
import type { LoadPlan } from "../../load/plan/plan.ts"
import { parseJournalLine } from "../../load/verdict/journal.ts"
import { Measurement } from "../../load/verdict/measure.ts"
import { temporaryFolder } from "../cli/spawn.ts"
import { requireTool } from "../require-tool.ts"
import { type Recorder, startRecorder } from "./recorder.ts"

const k6 = requireTool("k6", ["k6", cachedK6()])
const SEGMENTS = 4
const NAME = `four execution segments${k6.path === undefined ? ` (${k6.reason})` : ""}`
const folder = temporaryFolder()
afterAll(folder.remove)

interface Outcome {
  readonly log: readonly string[]
  readonly state: readonly string[]
  readonly measurement: Measurement
}

/** k6 on the plan, in so many processes with an execution segment each; gives the lines of the journal of each. */
async function runK6(plan: LoadPlan, { url, token }: Recorder, processes: number): Promise<readonly string[]> {
  const file = join(folder.path, "plan.json")
  writeFileSync(file, JSON.stringify(plan))
  const profile = fileURLToPath(new URL(`../../load/profiles/${plan.profile}.ts`, import.meta.url))
  const fractions = Array.from({ length: processes + 1 }, (_, index) => `${index}/${processes}`)
  const env = {
    ...process.env,
    ...K6_ENVIRONMENT,
    SCIMULATE_URL: url,
    SCIMULATE_TOKEN: token,
    SCIMULATE_PLAN: file,
    SCIMULATE_LANES: processes.toString(),
    SCIMULATE_JOURNAL: "1",
    SCIMULATE_DURATION: "4",
  }
  return await Promise.all(
    fractions.slice(1).map(async (to, index) => {
      const segment = [
        `--execution-segment=${fractions[index] ?? "0"}:${to}`,
        `--execution-segment-sequence=${fractions.join(",")}`,
      ]
      const args = ["run", "--quiet", "--summary-mode=disabled", "--log-format", "raw", ...segment, profile]
      const child = spawn(k6.path ?? "k6", args, { env, stdio: ["ignore", "ignore", "pipe"] })
      const journal = text(child.stderr)
      const code = await new Promise((resolve) => child.once("close", resolve))
      if (code !== 0) throw new Error(`k6 ended with ${String(code)}: ${(await journal).slice(-2000)}`)
      return await journal
    }),
  )
}

/** The whole story against a target of its own. */
async function play(plan: LoadPlan, processes: number, before?: (line: string) => Promise<void>): Promise<Outcome> {
  const recorder = await startRecorder(before)
  try {
    const journals = await runK6(plan, recorder, processes)
    const measurement = new Measurement()
    for (const line of journals.flatMap((journal) => journal.split("\n"))) {
      const parsed = parseJournalLine(line)
      if (parsed !== null) measurement.add(parsed)
    }
    return { log: recorder.log(), state: await recorder.state(), measurement }
  } finally {
    await recorder.close()
  }
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

describe.skipIf(k6.path === undefined)(NAME, () => {
  describe.each(["initial-cycle", "group-storm", "incremental", "leavers"] as const)("%s", (profile) => {
    let plan: LoadPlan
    let one: Outcome
    let four: Outcome
    beforeAll(async () => {
      plan = await buildPlan({ profile, seed: 6, runId: "segments", dialect: "entra", users: 60, tenants: 1 })
      one = await play(plan, 1)
      four = await play(plan, SEGMENTS)
    })

    it("send the same requests as one process, method, path and body, but for look-ups of what another segment created", () => {
      expect(one.log.length).toBeGreaterThan(100)
      expect(without(one.log, four.log)).toEqual([])
      const searches = new Set(
        plan.tenants
          .flatMap(({ objects }) => Object.values<string>(objects))
          .map((path) => decodeURIComponent(path.replaceAll("+", " "))),
      )
      const extra = without(four.log, one.log)
      expect(extra.filter((line) => !line.startsWith("GET /scim/v2/"))).toEqual([])
      for (const line of extra) {
        expect(searches).toContain(line.slice("GET /scim/v2".length).replaceAll("+", " ").trimEnd())
      }
      expect(four.measurement.split).toBe(extra.length)
    })

    it("leave the endpoint in the same state", () => {
      expect(one.state.length).toBeGreaterThan(30)
      expect(without(one.state, four.state)).toEqual([])
      expect(without(four.state, one.state)).toEqual([])
    })

    it("measure together what one process measures", () => {
      const counts = ({ measurement }: Outcome) =>
        [...measurement.bySteps(new Set())].map(([step, { requests, errors }]) => [step, requests, errors])
      expect(counts(four)).toEqual(counts(one))
      expect([one.measurement.done, four.measurement.done]).toEqual([1, SEGMENTS])
      expect([one.measurement.unsent, four.measurement.unsent]).toEqual([0, 0])
    })
  })

  it("wait for what another segment has not created yet: a group that comes only once somebody else looked for it", async () => {
    const plan = await buildPlan({
      profile: "initial-cycle",
      seed: 6,
      runId: "waiting",
      dialect: "entra",
      users: 60,
      tenants: 1,
    })
    const group = "Бухгалтерия load-waiting-t1-4"
    const lookedFor = Promise.withResolvers<void>()
    let searches = 0
    const four = await play(plan, SEGMENTS, async (line) => {
      // The first search is that of the segment which creates the group.
      if (line.startsWith("GET /scim/v2/Groups?") && line.replaceAll("+", " ").includes(group) && ++searches === 2)
        lookedFor.resolve()
      if (line.startsWith("POST /scim/v2/Groups") && line.includes(group)) await lookedFor.promise
    })
    expect(searches).toBeGreaterThan(2)
    expect(four.measurement.unsent).toBe(0)
    const members = four.state
      .find((line) => line.includes(group) && line.startsWith('{"id":"<Groups'))
      ?.match(/<Users /g)
    expect(members).toHaveLength(59)
  })
})
