/** Causes before cases: findings with the same code are one fault, however many cases it shows in. */
import type { CaseResult, Cause, Finding, Severity } from "./model.ts"
import { severityOf, sortFindings } from "./status.ts"
import { plural } from "./wording.ts"

const WEIGHT: Readonly<Record<Severity, number>> = { failure: 2, warning: 1, note: 0 }

interface Sighting {
  readonly key: string
  readonly finding: Finding
  readonly severity: Severity
  readonly hurtsEntra: boolean
}

/**
 * Groups what failed or warned by finding code: failures before warnings, what hurts Entra before what hurts
 * others, then by the number of cases explained, then in order of appearance. Title and fix are those of its worst finding. Notes are no causes: they change no verdict.
 */
export function causesOf(cases: readonly CaseResult[]): Cause[] {
  const sightings = cases.flatMap((result) =>
    sortFindings(result).counted.map((finding): Sighting => ({
      key: result.key,
      finding,
      severity: severityOf(finding, result.requirement),
      hurtsEntra: result.clients.some((client) => client !== "rfc"),
    })),
  )
  return [...Map.groupBy(sightings, ({ finding }) => finding.code).values()]
    .flatMap((group) => {
      const cause = causeOf(group)
      return cause === undefined ? [] : [{ cause, hurtsEntra: group.some((sighting) => sighting.hurtsEntra) }]
    })
    .toSorted(
      (a, b) =>
        WEIGHT[b.cause.severity] - WEIGHT[a.cause.severity] ||
        Number(b.hurtsEntra) - Number(a.hurtsEntra) ||
        b.cause.cases.length - a.cause.cases.length,
    )
    .map(({ cause }) => cause)
}

function causeOf(group: readonly Sighting[]): (Cause & { severity: Severity }) | undefined {
  const worst = group.toSorted((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity])[0]
  if (worst === undefined) return undefined
  const { code, headline, message, advice } = worst.finding
  // The case that shows the worst of it stands first: reports point there.
  const keys = new Set([worst.key, ...group.map(({ key }) => key)])
  return { code, title: headline ?? message, cases: [...keys], fix: advice, severity: worst.severity }
}

/** "1 cause explains 19 failures", "3 causes explain 19 failures and 2 warnings"; empty where nothing is wrong. */
export function causesHeadline(causes: readonly Cause[], cases: readonly CaseResult[]): string {
  if (causes.length === 0) return ""
  return `${plural(causes.length, "cause")} ${causes.length === 1 ? "explains" : "explain"} ${explained(causes, cases)}`
}

/** What one cause explains: "17 failures and 1 warning". */
export function causeReach(cause: Cause, cases: readonly CaseResult[]): string {
  return explained([cause], cases)
}

function explained(causes: readonly Cause[], cases: readonly CaseResult[]): string {
  const keys = new Set(causes.flatMap((cause) => cause.cases))
  const hit = cases.filter((result) => keys.has(result.key))
  const failed = hit.filter((result) => result.status === "failed").length
  const warned = hit.filter((result) => result.status === "warned").length
  const parts = [failed > 0 && plural(failed, "failure"), warned > 0 && plural(warned, "warning")]
  return parts.filter((part) => part !== false).join(" and ") || plural(hit.length, "case")
}
