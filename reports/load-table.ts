/** The figures of a load as a table of texts, which the renderers lay out each in its way. */
import type { Load, LoadStep } from "./load.ts"
import { grouped, plural } from "./wording.ts"

export const LOAD_COLUMNS = ["step", "answers", "p50", "p90", "p95", "p99", "max", "errors", "429"] as const

/** One line a step: the cells of {@link LOAD_COLUMNS}. */
export function loadCells(step: LoadStep): readonly string[] {
  const { requests, p50Ms, p90Ms, p95Ms, p99Ms, maxMs, errors, throttled } = step
  return [
    step.step,
    grouped(requests),
    ...[p50Ms, p90Ms, p95Ms, p99Ms, maxMs].map(latency),
    grouped(errors),
    grouped(throttled),
  ]
}

/** `0.8 ms`, `12 ms`, `1,204 ms`: so exact as a reader can use it. */
export function latency(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : grouped(Math.round(ms))} ms`
}

/** What stands above and below the table, in sentences. */
export function loadFacts(load: Load): readonly string[] {
  const { users, tenants, prepared, throttled, unsent, endState, k6 } = load
  const facts = [
    `${plural(users, "person", "people")} in ${tenants.length === 1 ? "a tenant" : `each of ${tenants.length} tenants`}, sent by k6 ${k6}${prepared > 0 ? `, after ${plural(prepared, "request")} to prepare` : ""}.`,
  ]
  if (throttled > 0)
    facts.push(`${plural(throttled, "answer was", "answers were")} 429; each was waited out and repeated.`)
  if (unsent > 0) facts.push(`${plural(unsent, "request")} could not be sent.`)
  if (endState === undefined) facts.push("The end state was not compared.")
  else {
    const { people, groups, members, differences } = endState
    const wrong = differences === 0 ? "all as planned" : plural(differences, "difference")
    const compared = `${plural(people, "person", "people")}, ${plural(groups, "group")} and ${plural(members, "membership")}`
    facts.push(`End state: ${compared} compared with the plan, ${wrong}.`)
  }
  return facts
}

/** Tenants are worth a table where there are several. */
export const TENANT_COLUMNS = ["tenant", "answers", "a second", "p95", "errors", "429"] as const

export function tenantCells(tenant: Load["tenants"][number]): readonly string[] {
  const { name, noisy, requests, requestsPerSecond, p95Ms, errors, throttled } = tenant
  return [
    noisy ? `${name} (noisy)` : name,
    grouped(requests),
    requestsPerSecond.toFixed(1),
    latency(p95Ms),
    grouped(errors),
    grouped(throttled),
  ]
}

export const RATE_COLUMNS = ["wanted a second", "sent a second", "p95", "errors", "end"] as const

const RATE_ENDS = {
  p95: "p95 over its limit",
  errors: "wrong answers",
  throttled: "answered 429",
  behind: "no longer kept up",
} as const

export function rateCells({ wanted, sent, p95Ms, errors, end }: NonNullable<Load["rates"]>[number]): readonly string[] {
  return [wanted.toFixed(0), sent.toFixed(0), latency(p95Ms), grouped(errors), end === null ? "" : RATE_ENDS[end]]
}

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const
const ASCII_BARS = [".", ":", "-", "=", "+", "*", "#", "@"] as const

/** Values as a row of bars, the largest the highest; a space where there is none. `cells`: how long the row may be. */
export function sparkline(points: readonly (number | null)[], cells: number, unicode: boolean): string {
  const bars = unicode ? BARS : ASCII_BARS
  const merged = mergedTo(points, cells)
  const top = Math.max(0, ...merged.flatMap((point) => point ?? []))
  return merged
    .map((point) => {
      if (point === null) return " "
      const level = top === 0 ? 0 : Math.ceil((point / top) * bars.length) - 1
      return bars[Math.max(0, level)]
    })
    .join("")
}

/** At most `cells` points: neighbours become one, the highest of them. */
function mergedTo(points: readonly (number | null)[], cells: number): (number | null)[] {
  const size = Math.max(1, Math.ceil(points.length / cells))
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const group = points.slice(index * size, (index + 1) * size).flatMap((point) => point ?? [])
    return group.length === 0 ? null : Math.max(...group)
  })
}
