/** Is the endpoint ready? One plain sentence for each client, by the rules of design: "Verdict". */
import { causesOf } from "./causes.ts"
import { CLIENTS } from "./clients.ts"
import type { CaseResult, Client, NotRun, Verdict } from "./model.ts"
import { untestedGroups, untestedOf, type Untested, type UntestedGroup } from "./not-tested.ts"
import { isRequired } from "./status.ts"
import { clause, CLIENT_NAMES, plural } from "./wording.ts"

/**
 * The verdict of every client, always all three. One failed case makes a client not ready, known or not: the baseline
 * excuses a build, not the endpoint. Ready takes every required case, run for real; what was not is named with its reason.
 */
export function verdictsOf(cases: readonly CaseResult[], notRun: readonly NotRun[] = []): Verdict[] {
  return CLIENTS.map((client) => verdictOf(client, cases, notRun))
}

/** What one client's verdict rests on. */
interface Evidence {
  readonly client: string
  /** Cases that ran to their end, SHOULD and MAY included. */
  readonly ran: readonly CaseResult[]
  readonly failed: readonly CaseResult[]
  readonly warned: readonly CaseResult[]
  readonly requiredCount: number
  /** Required cases that say nothing about the real endpoint. */
  readonly untested: readonly Untested[]
}

function verdictOf(client: Client, allCases: readonly CaseResult[], allNotRun: readonly NotRun[]): Verdict {
  const cases = allCases.filter(({ clients }) => clients.includes(client))
  const notRun = allNotRun.filter(({ clients }) => clients.includes(client))
  const evidence: Evidence = {
    client: CLIENT_NAMES[client],
    ran: cases.filter(({ status }) => status !== "skipped" && status !== "errored"),
    failed: cases.filter(({ status }) => status === "failed"),
    warned: cases.filter(({ status }) => status === "warned"),
    requiredCount: [...cases.filter(({ notApplicable }) => notApplicable !== true), ...notRun].filter(
      ({ requirement }) => isRequired(requirement),
    ).length,
    untested: untestedOf(cases, notRun).filter(({ requirement }) => isRequired(requirement)),
  }
  const outcome = outcomeOf(evidence)
  const sentence = `${opening(outcome, evidence)}${notTested(evidence)}.`
  return { client, outcome, sentence, reasons: reasonsOf(outcome, evidence).map(({ code }) => code) }
}

function outcomeOf({ failed, warned, requiredCount, untested }: Evidence): Verdict["outcome"] {
  if (failed.length > 0) return "not-ready"
  // A simulated case did run: it can't make ready, but it does not make unknown either.
  const missing = untested.filter(({ kind }) => kind !== "simulated").length
  if (requiredCount === 0 || missing * 2 > requiredCount) return "unknown"
  return warned.length > 0 || untested.length > 0 ? "ready-with-warnings" : "ready"
}

function reasonsOf(outcome: Verdict["outcome"], { failed, warned }: Evidence) {
  return causesOf(outcome === "not-ready" ? failed : warned).filter(
    ({ severity }) => outcome !== "not-ready" || severity === "failure",
  )
}

function opening(outcome: Verdict["outcome"], evidence: Evidence): string {
  const { client, ran, failed, warned, requiredCount, untested } = evidence
  const first = reasonsOf(outcome, evidence)[0]
  const lookFirst = (words: string) => (first === undefined ? "" : `; ${words}: ${clause(first.title)}`)
  switch (outcome) {
    case "not-ready": {
      const known = failed.filter((result) => result.known === true).length
      const ofThem = known > 0 ? ` (${known} known)` : ""
      return `Not ready for ${client}: ${failed.length} of ${plural(ran.length, "case")} failed${ofThem}${lookFirst("fix first")}`
    }
    case "ready":
      return `Ready for ${client}: ${requiredCount === 1 ? "its one required case" : `all ${requiredCount} required cases`} passed`
    case "ready-with-warnings":
      return warned.length > 0
        ? `Ready for ${client}, with warnings: ${warned.length} of ${plural(ran.length, "case")} warned${lookFirst("look first at")}`
        : `Ready for ${client} as far as it was tested: nothing failed in ${plural(ran.length, "case")}`
    default:
      return `Unknown for ${client}: only ${requiredCount - untested.length} of ${plural(requiredCount, "required case")} ran for real`
  }
}

/** Reasons that a sentence can carry; the report lists them all. */
const REASONS_SHOWN = 2

function notTested({ untested, requiredCount }: Evidence): string {
  if (requiredCount === 0) return "; not tested: anything, because no case for it was chosen"
  const groups = untestedGroups(untested)
  if (groups.length === 0) return ""
  const shown = groups.slice(0, REASONS_SHOWN).map(groupClause)
  const others = groups.slice(REASONS_SHOWN)
  const otherCases = others.reduce((sum, group) => sum + group.cases.length, 0)
  if (others.length > 0) shown.push(`${otherCases} more, because of ${plural(others.length, "other reason")}`)
  return `; not tested: ${shown.join("; ")}`
}

function groupClause({ cases: [first, ...others], reason }: UntestedGroup): string {
  const what = `“${clause(first?.title ?? "")}”${others.length > 0 ? ` and ${others.length} more` : ""}`
  return `${what}, because ${clause(reason)}`
}
