/** From what the user chose to the list of what runs, in an order that depends on nothing else. */
import { UsageError } from "../protocol/index.ts"
import type { Client, Dialect } from "../reports/index.ts"
import type { Case, Suite } from "./define.ts"
import { similarTo } from "./similar.ts"

/** One run of one case: a case with dialects runs once for each. */
export interface PlannedCase {
  /** `id@dialect`, or the id alone. */
  readonly key: string
  readonly case: Case
  /** What the case speaks; absent where it speaks no dialect in particular. */
  readonly dialect?: Dialect
  /** Whose verdict this run of it affects. */
  readonly clients: readonly Client[]
}

/** What to run. Each absent or empty list means: no restriction. */
export interface Selection {
  readonly suites?: readonly string[]
  /** Case ids or keys. */
  readonly keys?: readonly string[]
  /** Matched against key and title. */
  readonly grep?: RegExp
  readonly dialects?: readonly Dialect[]
}

export const DIALECTS: readonly Dialect[] = ["entra", "entra-optscim"]

/**
 * The suites that a run without --suite takes, in the order of reports: does it work at all, what Entra sends, whole lives, and
 * then the fine print of the RFC.
 */
export const SUITES: readonly Suite[] = ["basic", "entra", "lifecycle", "rfc"]

/** Every run of every case, in the order of the registry. */
export function planCases(cases: readonly Case[], dialects: readonly Dialect[] = DIALECTS): PlannedCase[] {
  return cases.flatMap((definition) => {
    if (definition.dialects !== undefined) {
      return definition.dialects
        .filter((dialect) => dialects.includes(dialect))
        .map((dialect) => ({
          key: `${definition.id}@${dialect}`,
          case: definition,
          dialect,
          clients: definition.clients.filter((client) => client === "rfc" || client === dialect),
        }))
    }
    const clients = definition.clients.filter((client) => client === "rfc" || dialects.includes(client))
    return clients.length === 0 ? [] : [{ key: definition.id, case: definition, clients }]
  })
}

/**
 * What the user chose.
 * @throws UsageError when a name is unknown, with what may have been meant, or when nothing is left to run.
 */
export function selectCases(cases: readonly Case[], selection: Selection = {}): PlannedCase[] {
  const { suites = [], keys = [], grep } = selection
  const dialects = selection.dialects?.length ? selection.dialects : DIALECTS
  for (const suite of suites) refuseUnknown("suite", suite, SUITES)
  const everything = planCases(cases)
  const names = new Set(everything.flatMap(({ key, case: { id } }) => [key, id]))
  for (const key of keys) refuseUnknown("case", key, names)

  const selected = planCases(cases, dialects).filter(
    ({ key, case: { id, suite, title } }) =>
      (suites.length === 0 || suites.includes(suite)) &&
      (keys.length === 0 || keys.includes(key) || keys.includes(id)) &&
      (grep === undefined || grep.test(key) || grep.test(title)),
  )
  if (selected.length === 0) {
    const hint = "Leave out one of --suite, --case, --grep and --dialect, or list what there is with --list."
    throw new UsageError("USAGE_SELECTION", "The selection matches no case.", { hint })
  }
  return selected
}

function refuseUnknown(kind: string, name: string, known: Iterable<string>): void {
  const names = [...known]
  if (names.includes(name)) return
  const similar = similarTo(name, names)
  const hint = similar.length > 0 ? `Did you mean ${similar.join(", or ")}?` : `See what there is with --list.`
  throw new UsageError("USAGE_SELECTION", `There is no ${kind} "${name}".`, { hint })
}
