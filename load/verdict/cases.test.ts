import { describe, expect, it } from "vitest"
import type { Finding } from "../../reports/index.ts"
import { type CaseDraft, toCase } from "./case-parts.ts"
import { driftCase } from "./drift-case.ts"
import { endStateCases } from "./end-state-cases.ts"
import type { Measured } from "./measure.ts"
import { breakpointCase, rateCase, rateOf } from "./rate-cases.ts"
import { stepCases } from "./step-cases.ts"
import { DEFAULT_THRESHOLDS, parseThresholds } from "./thresholds.ts"

const FRAME = {
  profile: "initial-cycle",
  dialect: "entra",
  startedAt: "2026-11-21T10:00:00.000Z",
  durationMs: 5,
  repeat: "scimulate load initial-cycle",
} as const

const statusOf = (draft: CaseDraft | undefined): string => (draft === undefined ? "none" : toCase(draft, FRAME).status)
const codesOf = (draft: CaseDraft | undefined): string[] => draft?.findings.map(({ code }: Finding) => code) ?? []

function measured(more: Partial<Measured> = {}): Measured {
  return {
    requests: 100,
    errors: 0,
    throttled: 0,
    tookMs: Array.from({ length: 100 }, () => 20),
    fromMs: 0,
    toMs: 990,
    ...more,
  }
}

describe("a step", () => {
  const judge = (step: Measured, thresholds = DEFAULT_THRESHOLDS): CaseDraft | undefined =>
    stepCases(new Map([["add-member", step]]), thresholds, () => ({ exchanges: ["load-1"], expected: "204" }))[0]

  it("passes where all answers are right and in time", () => {
    expect(statusOf(judge(measured()))).toBe("passed")
  })

  it("fails by a single error, with the exchange that shows it", () => {
    const draft = judge(measured({ errors: 1 }))
    expect(statusOf(draft)).toBe("failed")
    expect(draft?.findings).toMatchObject([
      { code: "load-errors", expected: "204", actual: "1 of 100 (1.0 %)", exchanges: ["load-1"] },
    ])
  })

  it("only warns by a latency of our own choosing, and fails by one that somebody set", () => {
    const slow = measured({ tookMs: Array.from({ length: 100 }, (_, index) => (index < 90 ? 20 : 1500)) })
    expect(statusOf(judge(slow))).toBe("warned")
    expect(codesOf(judge(slow))).toEqual(["load-latency"])
    const given = parseThresholds('{"steps":{"add-member":{"p95Ms":1200}}}', "limits.json")
    expect(statusOf(judge(slow, given))).toBe("failed")
  })

  it("counts 429 apart from errors", () => {
    expect(statusOf(judge(measured({ throttled: 5 })))).toBe("passed")
    expect(codesOf(judge(measured({ throttled: 20 })))).toEqual(["load-throttled"])
    expect(statusOf(judge(measured({ throttled: 20 })))).toBe("warned")
  })
})

describe("the rate", () => {
  const tenant = (more: Partial<Measured> = {}, isNoisy = false) => ({ ...measured(more), name: "t1", isNoisy })

  it("ENG-PERF-04: 25 requests a second are sustained by 250 of them in ten seconds", () => {
    expect(statusOf(rateCase([tenant({ requests: 250, toMs: 9960 })], 25, true))).toBe("passed")
    expect(codesOf(rateCase([tenant({ requests: 250, toMs: 20_000 })], 25, true))).toEqual(["load-rate"])
  })

  it("is not judged by a burst, nor by a profile that mostly waits", () => {
    expect(statusOf(rateCase([tenant({ requests: 249, toMs: 100 })], 25, true))).toBe("skipped")
    expect(statusOf(rateCase([tenant({ requests: 1000 })], 25, false))).toBe("skipped")
  })

  it("is that of the quiet tenants", () => {
    const noisy = tenant({ requests: 250, toMs: 60_000 }, true)
    expect(statusOf(rateCase([noisy, tenant({ requests: 250, toMs: 9960 })], 25, true))).toBe("passed")
  })

  it("counts the requests between the first and the last", () => {
    expect(rateOf(measured({ requests: 11, fromMs: 0, toMs: 1000 }))).toBe(10)
    expect(rateOf(measured({ requests: 1 }))).toBe(0)
  })
})

describe("the breakpoint", () => {
  const step = (wanted: number, end: "p95" | "behind" | null, sent = wanted) =>
    ({ kind: "rate", atMs: 0, tenant: 0, wanted, sent, p95Ms: 12, errors: 0, end }) as const

  it("is told as a note where it lies high enough", () => {
    const draft = breakpointCase([step(25, null), step(37, null), step(56, "p95")], 25)
    expect(statusOf(draft)).toBe("passed")
    expect(draft.findings[0]?.message).toBe(
      "The endpoint kept 37 requests a second; at 56 answers came too late (56 a second, p95 12 ms).",
    )
  })

  it("fails below 25 requests a second", () => {
    expect(codesOf(breakpointCase([step(25, "behind", 12)], 25))).toEqual(["load-breakpoint-low"])
    expect(statusOf(breakpointCase([step(25, "behind", 12)], 25))).toBe("failed")
  })

  it("is not found where no step came to its end", () => {
    expect(statusOf(breakpointCase([], 25))).toBe("skipped")
    expect(statusOf(breakpointCase([step(25, null)], 25))).toBe("passed")
  })
})

describe("drift", () => {
  const quarter = (tookMs: number, requests = 500): Measured =>
    measured({ requests, tookMs: Array.from({ length: requests }, () => tookMs) })

  it("warns where p95 doubles under the same load", () => {
    expect(codesOf(driftCase(quarter(100), quarter(250)))).toEqual(["load-drift"])
    expect(statusOf(driftCase(quarter(100), quarter(250)))).toBe("warned")
  })

  it("passes by what nobody would notice", () => {
    expect(statusOf(driftCase(quarter(100), quarter(190)))).toBe("passed")
    expect(statusOf(driftCase(quarter(2), quarter(40)))).toBe("passed")
  })

  it("is not judged by a few requests", () => {
    expect(statusOf(driftCase(quarter(100, 499), quarter(900)))).toBe("skipped")
  })
})

describe("the end state", () => {
  const tenant = (comparison: Parameters<typeof endStateCases>[0][number]["comparison"], problems: string[] = []) =>
    endStateCases([{ name: "t1", comparison, problems }])

  it("as planned passes", () => {
    expect(tenant({ differences: [], notKept: [] }).map(statusOf)).toEqual(["passed", "passed"])
  })

  it("WIRE-171: a lost member fails, although every answer was right", () => {
    const [kept, members] = tenant({
      differences: [{ kind: "member-lost", name: "group.0", member: "user.7" }],
      notKept: [],
    })
    expect(statusOf(kept)).toBe("passed")
    expect(statusOf(members)).toBe("failed")
    expect(members?.findings).toMatchObject([{ code: "load-member-lost", actual: "group.0 lacks user.7" }])
  })

  it.each([
    [{ kind: "lost", name: "user.1" }, "load-object-lost"],
    [{ kind: "doubled", name: "user.1", total: 2 }, "load-object-doubled"],
    [{ kind: "not-gone", name: "user.1" }, "load-object-not-gone"],
    [{ kind: "wrong-value", name: "user.1", path: "title", expected: "a", actual: null }, "load-change-lost"],
  ] as const)("%j fails as %s", (difference, code) => {
    const [kept] = tenant({ differences: [difference], notKept: [] })
    expect(statusOf(kept)).toBe("failed")
    expect(codesOf(kept)).toEqual([code])
  })

  it("that cannot be read fails, and what the endpoint never keeps is a note", () => {
    expect(codesOf(tenant({ differences: [], notKept: [] }, ["GET /Users answered 500"])[0])).toEqual([
      "load-end-state-unread",
    ])
    const [kept] = tenant({ differences: [], notKept: ["title"] })
    expect(statusOf(kept)).toBe("passed")
    expect(codesOf(kept)).toEqual(["load-attributes-not-kept"])
  })
})
