/** Reads what the page shows from a provisioning log entry (Graph's provisioningObjectSummary, GRAPH-801 and following). */
import type { Report } from "../model.ts"

export type LogEntry = Report["provisioningLogs"][number]

export function logTime(entry: LogEntry): string {
  return textAt(entry, "activityDateTime")
}

/** success, failure, skipped or warning. */
export function logStatus(entry: LogEntry): string {
  return textAt(entry, "provisioningStatusInfo", "status")
}

/** Text at a path of members; empty where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  let current = value
  for (const name of path) current = memberOf(current, name)
  return typeof current === "string" ? current : ""
}

/** The objects of a list member; none where it is absent. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
