/** The provisioning log of a scenario, in the columns and words of Microsoft's portal. */
import { dateTime, duration, plural } from "../wording.ts"
import { icon, type IconName } from "./icons.ts"
import { listAt, logStatus, logTime, textAt, type LogEntry } from "./log-entry.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { scrollTable } from "./scroll-table.ts"
import { headingOf } from "./words.ts"

/** Entries of one case that the page lists. */
const ENTRIES_SHOWN = 60

export function provisioningLog(entries: readonly LogEntry[]): Content {
  if (entries.length === 0) return false
  const listed = mostTelling(entries)
  const rest = entries.length - listed.length
  const columns = ["Date", "Action", "Source", "Target", "Status", "Steps"]
  return markup`
    <details class="fold">
      <summary>Provisioning log <span class="count">${plural(entries.length, "entry", "entries")}</span></summary>
      ${scrollTable("Provisioning log", columns, listed.map(row))}
      ${rest > 0 && markup`<p class="empty">${plural(rest, "more entry", "more entries")} in the JSON report.</p>`}
    </details>`
}

/** As many as are listed, in their order; failures are never left out in favour of successes. */
function mostTelling(entries: readonly LogEntry[]): LogEntry[] {
  const failed = entries.filter((entry) => logStatus(entry) === "failure")
  const others = entries.filter((entry) => logStatus(entry) !== "failure")
  const kept = new Set([...failed, ...others].slice(0, ENTRIES_SHOWN))
  return entries.filter((entry) => kept.has(entry))
}

const ICONS: Readonly<Record<string, IconName>> = {
  success: "passed",
  failure: "failed",
  skipped: "skipped",
  warning: "warned",
}

function row(entry: LogEntry): Markup {
  const status = logStatus(entry)
  const took = entry["durationInMilliseconds"]
  const source = textAt(entry, "sourceIdentity", "identityType")
  return markup`
    <tr>
      <td class="nowrap">
        ${dateTime(logTime(entry))}${typeof took === "number" && took > 0 && markup`<small>${duration(took)}</small>`}
      </td>
      <td>${headingOf(textAt(entry, "provisioningAction"))}</td>
      <td>${textAt(entry, "sourceIdentity", "displayName")}<small>${source}</small></td>
      <td><code>${textAt(entry, "targetIdentity", "id") || "–"}</code></td>
      <td class="nowrap">${icon(ICONS[status] ?? "unknown")} ${headingOf(status)}</td>
      <td>${error(entry)}${steps(entry)}</td>
    </tr>`
}

function error(entry: LogEntry): Content {
  const code = textAt(entry, "provisioningStatusInfo", "errorInformation", "errorCode")
  const reason = textAt(entry, "provisioningStatusInfo", "errorInformation", "reason")
  return (code !== "" || reason !== "") && markup`<p><code>${code}</code> ${reason}</p>`
}

function steps(entry: LogEntry): Content {
  const all = listAt(entry, "provisioningSteps")
  const properties = listAt(entry, "modifiedProperties")
  if (all.length === 0 && properties.length === 0) return false
  const changed = properties.length > 0 && `, ${plural(properties.length, "property", "properties")}`
  return markup`
    <details>
      <summary>${plural(all.length, "step")}${changed}</summary>
      <ol>${all.map(step)}</ol>
      ${properties.map(property)}
    </details>`
}

function step(value: unknown): Markup {
  const type = textAt(value, "provisioningStepType") || textAt(value, "name")
  return markup`<li><b>${type}</b> ${textAt(value, "status")}: ${textAt(value, "description")}</li>`
}

function property(value: unknown): Markup {
  const change = markup`<del>${textAt(value, "oldValue")}</del> → <ins>${textAt(value, "newValue")}</ins>`
  return markup`<p class="change"><code>${textAt(value, "displayName")}</code> ${change}</p>`
}
