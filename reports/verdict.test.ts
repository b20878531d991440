import { describe, expect, it } from "vitest"
import { caseOf, failedCase, findingOf, notRunOf, warnedCase } from "../test/fixtures/cases.ts"
import type { CaseResult, NotRun } from "./model.ts"
import { verdictsOf } from "./verdict.ts"

const passed = [1, 2, 3, 4].map((number) => caseOf(`passed-${number}`))
const should = { source: "rfc", ref: "7644 §3.3", level: "should" } as const
const skipped = caseOf("sorted", {
  title: "sortBy orders the list.",
  status: "skipped",
  skipReason: "the endpoint does not advertise sort",
})
const lacksSorting = { ...skipped, notApplicable: true }
const errored = caseOf("crashed", { status: "errored", error: "TypeError: x" })
const simulated = caseOf("expired", { title: "An expired token is refused", simulated: true })

interface Row {
  readonly name: string
  readonly cases: CaseResult[]
  readonly notRun?: NotRun[]
  readonly outcome: string
  readonly sentence: string
  readonly reasons?: string[]
}

const rows: Row[] = [
  {
    name: "every required case passed",
    cases: passed,
    outcome: "ready",
    sentence: "Ready for Microsoft Entra ID: all 4 required cases passed.",
  },
  {
    name: "a SHOULD case that was skipped or not chosen takes nothing away",
    cases: [...passed, caseOf("polite", { status: "skipped", requirement: should })],
    notRun: [notRunOf("optional", { requirement: should })],
    outcome: "ready",
    sentence: "Ready for Microsoft Entra ID: all 4 required cases passed.",
  },
  {
    name: "a required case about an optional feature that the endpoint says it lacks asks for nothing",
    cases: [...passed, lacksSorting],
    outcome: "ready",
    sentence: "Ready for Microsoft Entra ID: all 4 required cases passed.",
  },
  {
    name: "nor does it count among those of which most were not tested",
    cases: [...passed.slice(0, 2), lacksSorting, lacksSorting],
    notRun: [notRunOf("x"), notRunOf("y"), notRunOf("z")],
    outcome: "unknown",
    sentence:
      "Unknown for Microsoft Entra ID: only 2 of 5 required cases ran for real; not tested: “Title of x” and 2 more, because --suite basic left it out.",
  },
  {
    name: "a note changes nothing",
    cases: [...passed, caseOf("noted", { findings: [findingOf("curious", { severity: "note" })] })],
    outcome: "ready",
    sentence: "Ready for Microsoft Entra ID: all 5 required cases passed.",
  },
  {
    name: "a failed case",
    cases: [...passed, failedCase("bad", "filter-ignored")],
    outcome: "not-ready",
    sentence: "Not ready for Microsoft Entra ID: 1 of 5 cases failed; fix first: Message of filter-ignored.",
    reasons: ["filter-ignored"],
  },
  {
    name: "a known failure excuses the build, not the endpoint",
    cases: [...passed, failedCase("bad", "filter-ignored", { known: true })],
    outcome: "not-ready",
    sentence: "Not ready for Microsoft Entra ID: 1 of 5 cases failed (1 known); fix first: Message of filter-ignored.",
    reasons: ["filter-ignored"],
  },
  {
    name: "failures name the cause of most first; warnings are no reason",
    cases: [
      failedCase("a", "rare"),
      failedCase("b", "frequent"),
      failedCase("c", "frequent"),
      warnedCase("d", "polite"),
      warnedCase("e", "polite"),
      warnedCase("f", "polite"),
    ],
    outcome: "not-ready",
    sentence: "Not ready for Microsoft Entra ID: 3 of 6 cases failed; fix first: Message of frequent.",
    reasons: ["frequent", "rare"],
  },
  {
    name: "a warned case",
    cases: [...passed, warnedCase("so-so", "media-type", { requirement: should })],
    outcome: "ready-with-warnings",
    sentence: "Ready for Microsoft Entra ID, with warnings: 1 of 5 cases warned; look first at: Message of media-type.",
    reasons: ["media-type"],
  },
  {
    name: "a required case that was skipped",
    cases: [...passed, skipped],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 4 cases; not tested: “sortBy orders the list”, because the endpoint does not advertise sort.",
  },
  {
    name: "a required case that errored",
    cases: [...passed, errored],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 4 cases; not tested: “Title of crashed”, because scimulate itself failed there (our fault, not the endpoint's).",
  },
  {
    name: "a required case in which a fault stood in for the endpoint",
    cases: [...passed, simulated],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 5 cases; not tested: “An expired token is refused”, because a fault stood in for the endpoint.",
  },
  {
    name: "only simulated cases: they ran, but not for real",
    cases: [simulated],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 1 case; not tested: “An expired token is refused”, because a fault stood in for the endpoint.",
  },
  {
    name: "a simulated case that failed did find something",
    cases: [...passed, failedCase("expired", "token-accepted", { simulated: true })],
    outcome: "not-ready",
    sentence: "Not ready for Microsoft Entra ID: 1 of 5 cases failed; fix first: Message of token-accepted.",
    reasons: ["token-accepted"],
  },
  {
    name: "half of the required cases not chosen: not most of them",
    cases: passed.slice(0, 2),
    notRun: [notRunOf("x"), notRunOf("y")],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 2 cases; not tested: “Title of x” and 1 more, because --suite basic left it out.",
  },
  {
    name: "most required cases not chosen",
    cases: passed.slice(0, 1),
    notRun: [notRunOf("x"), notRunOf("y")],
    outcome: "unknown",
    sentence:
      "Unknown for Microsoft Entra ID: only 1 of 3 required cases ran for real; not tested: “Title of x” and 1 more, because --suite basic left it out.",
  },
  {
    name: "a failure stands, however little was chosen",
    cases: [failedCase("bad", "filter-ignored")],
    notRun: [notRunOf("x"), notRunOf("y"), notRunOf("z")],
    outcome: "not-ready",
    sentence:
      "Not ready for Microsoft Entra ID: 1 of 1 case failed; fix first: Message of filter-ignored; not tested: “Title of x” and 2 more, because --suite basic left it out.",
    reasons: ["filter-ignored"],
  },
  {
    name: "more reasons than a sentence can carry: the largest two, and how many more",
    cases: [...passed, skipped, errored, simulated],
    notRun: [notRunOf("x"), notRunOf("y")],
    outcome: "ready-with-warnings",
    sentence:
      "Ready for Microsoft Entra ID as far as it was tested: nothing failed in 5 cases; not tested: “Title of x” and 1 more, because --suite basic left it out; “sortBy orders the list”, because the endpoint does not advertise sort; 2 more, because of 2 other reasons.",
  },
  {
    name: "no case at all for the client",
    cases: [caseOf("other", { clients: ["rfc"] })],
    outcome: "unknown",
    sentence:
      "Unknown for Microsoft Entra ID: only 0 of 0 required cases ran for real; not tested: anything, because no case for it was chosen.",
  },
]

describe("the verdict for one client", () => {
  it.each(rows)("$name: $outcome", ({ cases, notRun = [], outcome, sentence, reasons = [] }) => {
    const verdict = verdictsOf(cases, notRun).find(({ client }) => client === "entra")
    expect(verdict).toEqual({ client: "entra", outcome, sentence, reasons })
  })
})

it("there is always one verdict for each client, and a case counts only for its own", () => {
  const cases = [...passed, failedCase("bad", "filter-ignored", { clients: ["rfc"] })]
  expect(verdictsOf(cases).map(({ client, outcome }) => [client, outcome])).toEqual([
    ["entra", "ready"],
    ["entra-optscim", "ready"],
    ["rfc", "not-ready"],
  ])
})
