import { describe, expect, it } from "vitest"

import { SystemClock } from "../simulator/index.ts"
import { startCaseThread, type ThreadSetup } from "./case-threads.ts"
import { ALL_CASES } from "./registry.ts"
import { runCases, type RunResult } from "./run.ts"

const SETUP: ThreadSetup = { target: { kind: "embedded" }, seed: 7, dialects: ["entra"] }

/** What a run found, without the real time that it took. */
function foundBy({ cases, exchanges, cycles, provisioningLogs, target }: RunResult): unknown {
  return {
    cases: cases.map(({ durationMs: _, steps, ...result }) => ({ ...result, steps: steps.map(({ title }) => title) })),
    exchanges: exchanges.map(({ at: _, ms: __, ...exchange }) => exchange),
    cycles,
    provisioningLogs,
    target,
  }
}

describe("threads that play cases", () => {
  it("change nothing that a run finds, and give it in the same order", async () => {
    const played: string[] = []
    const playSuite = (threads: number) =>
      runCases({
        cases: ALL_CASES,
        selection: { suites: ["basic", "rfc", "entra"], dialects: ["entra-optscim"] },
        target: { kind: "embedded", defects: ["media-type-json"] },
        seed: 7,
        clock: new SystemClock(),
        threads,
        onEvent: (event) => (event.type === "case-finished" ? played.push(event.result.key) : undefined),
      })
    const alone = await playSuite(0)
    const together = await playSuite(2)
    expect(alone.cases.length).toBeGreaterThan(120)
    expect(alone.cases.some(({ status }) => status === "failed")).toBe(true)
    expect(foundBy(together)).toEqual(foundBy(alone))
    expect(played.length).toBe(2 * alone.cases.length)
  })

  it("end a case in good order once the run is stopped", async () => {
    const stopping = new AbortController()
    const thread = startCaseThread(SETUP, stopping.signal)
    stopping.abort()
    const { result } = await thread.play("rfc7644-3.3-duplicate-user")
    await thread.close()
    expect(result).toMatchObject({ status: "skipped", skipReason: "the run was interrupted" })
  })

  it("fail the run when they die", async () => {
    const thread = startCaseThread(SETUP, new AbortController().signal)
    await expect(thread.play("no-such-case")).rejects.toThrow("The catalogue holds no case no-such-case.")
    await expect(thread.play("rfc7644-3.3-duplicate-user")).rejects.toThrow("no-such-case")
    await thread.close()
  })
})
