/** The provisioning cycles of a scenario as a table: what each did, and the state of the job after it. */
import { parseInstant } from "../instant.ts"
import type { Cycle } from "../model.ts"
import { dateTime, duration, plural } from "../wording.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { scrollTable } from "./scroll-table.ts"

/** Cycles that the page lists. */
const CYCLES_SHOWN = 60

/** Lists the cycles that did something or changed the job's state; quiet ones are counted. */
export function cycleTable(cycles: readonly Cycle[]): Content {
  if (cycles.length === 0) return false
  const eventful = cycles.filter(
    (cycle, index) => cycle.kind === "initial" || didSomething(cycle) || cycle.state !== cycles[index - 1]?.state,
  )
  const shown = eventful.slice(0, CYCLES_SHOWN)
  const quiet = cycles.length - eventful.length
  const cut = eventful.length - shown.length
  return markup`
    <details class="fold">
      <summary>Cycles <span class="count">${cycles.length}</span></summary>
      ${scrollTable("Cycles", ["Started", "Kind", "Took", "Counts", "State after"], shown.map(row))}
      ${quiet > 0 && markup`<p class="empty">${plural(quiet, "cycle")} found nothing to do and changed no state.</p>`}
      ${cut > 0 && markup`<p class="empty">${plural(cut, "more cycle")} in the JSON report.</p>`}
    </details>`
}

function didSomething({ counts }: Cycle): boolean {
  return Object.values(counts).some((count) => count > 0)
}

function row(cycle: Cycle): Markup {
  const { kind, startedAt, endedAt, counts, state } = cycle
  const [from, to] = [parseInstant(startedAt), parseInstant(endedAt)]
  const done = Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]))
  return markup`
    <tr>
      <td class="nowrap">${dateTime(startedAt)}</td>
      <td>${kind}</td>
      <td class="nowrap">${from !== undefined && to !== undefined && duration(to - from)}</td>
      <td>${done.length === 0 ? "nothing to do" : done.join(", ")}</td>
      <td>${state}</td>
    </tr>`
}
