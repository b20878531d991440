import { describe, expect, it } from "vitest"
import { findProfile } from "../catalogue.ts"
import { buildPlan } from "../plan/build.ts"
import type { JournalLine, RequestRecord } from "./journal-lines.ts"
import { Measurement } from "./measure.ts"
import { assertWholeJournals } from "./whole-journals.ts"

const PLAN = await buildPlan({
  profile: "initial-cycle",
  seed: 1,
  runId: "whole",
  dialect: "entra",
  users: 2,
  tenants: 1,
})
const REQUESTS = PLAN.chains.flatMap(({ requests }) => requests)
const PROFILE = findProfile("initial-cycle")

function check(answers: number, ends: number, unsent = 0): void {
  if (PROFILE === undefined) throw new Error("no such profile")
  const measurement = new Measurement()
  const records = REQUESTS.slice(0, answers).map(({ step }): RequestRecord => [1, 2, 200, 1, step, 0, "load"])
  const end: JournalLine = { kind: "done", atMs: 3, tenant: 0, lane: 0, unsent, rounds: 1 }
  for (const line of [{ kind: "requests", requests: records } as const, ...Array.from({ length: ends }, () => end)]) {
    measurement.add(line)
  }
  assertWholeJournals({ plan: PLAN, profile: PROFILE, measurement, parts: 2 })
}

describe("journals from elsewhere", () => {
  it("are whole with an end for each part and every answer", () => {
    expect(REQUESTS.length).toBeGreaterThan(4)
    expect(() => check(REQUESTS.length, 2)).not.toThrow()
  })

  it.each([1, 3])("are not with the ends of %i parts instead of 2", (ends) => {
    expect(() => check(REQUESTS.length, ends)).toThrow(`hold the ends of ${ends} parts of a load that has 2`)
  })

  it("are not when answers are missing, unless the requests could not be sent", () => {
    expect(() => check(REQUESTS.length - 3, 2)).toThrow(`3 of ${REQUESTS.length} answers are missing from the files`)
    expect(() => check(REQUESTS.length - 2, 2, 1)).not.toThrow()
  })
})
