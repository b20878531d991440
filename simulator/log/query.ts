/**
 * The provisioning log as Graph lists it: `$filter`, `$orderby`, `$top` and `$skiptoken` (ENG-LOG-10, GRAPH-801 to -804,
 * documented). Pure.
 */
import { propertyOf, type LogProperty } from "./query-property.ts"
import { parseLogFilter } from "./query-filter.ts"
import type { ProvisioningLogEntry } from "./entry.ts"
import { LogQueryError } from "./query-error.ts"

export interface LogPageOptions {
  /** `eq`, `gt`, `lt`, `contains()`, `tolower()`, `and`, `or` and brackets over the properties of an entry. */
  readonly filter?: string
  /** A property, and `asc` (default) or `desc`: `activityDateTime desc`. Default: as they were written. */
  readonly orderby?: string
  /** The most entries of a page; all unless given. */
  readonly top?: number
  /** Where the page before this one ended, as that page said. */
  readonly skiptoken?: string
}

export interface LogPage {
  readonly value: readonly ProvisioningLogEntry[]
  /** For the next page; null on the last. */
  readonly skiptoken: string | null
}

/** One page of entries, which are given oldest first. Throws {@link LogQueryError}. */
export function queryLog(entries: readonly ProvisioningLogEntry[], options: LogPageOptions = {}): LogPage {
  const { filter, orderby, top = Number.POSITIVE_INFINITY, skiptoken } = options
  if (!(top >= 1)) throw new LogQueryError(`$top must be at least 1; got ${top}.`)
  const matches = filter === undefined ? () => true : parseLogFilter(filter)
  const found = entries.filter(matches)
  const ordered = orderby === undefined ? found : sorted(found, orderby)
  const start = skiptoken === undefined ? 0 : afterToken(ordered, skiptoken)
  const value = ordered.slice(start, start + top)
  const isLast = start + value.length >= ordered.length
  return { value, skiptoken: isLast ? null : (value.at(-1)?.id ?? null) }
}

/** A token is the id of the last entry of its page, so that entries written meanwhile shift nothing. */
function afterToken(entries: readonly ProvisioningLogEntry[], skiptoken: string): number {
  const index = entries.findIndex(({ id }) => id === skiptoken)
  if (index < 0) throw new LogQueryError("$skiptoken is none of this query: begin again without it.")
  return index + 1
}

function sorted(entries: readonly ProvisioningLogEntry[], orderby: string): readonly ProvisioningLogEntry[] {
  const [, name = "", direction = "asc"] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/.exec(orderby) ?? []
  const property = propertyOf(name)
  if (property === null) {
    throw new LogQueryError(`$orderby takes one property, with asc or desc; got ${JSON.stringify(orderby)}.`)
  }
  const sign = direction === "desc" ? -1 : 1
  return entries.toSorted((a, b) => sign * compare(property, a, b))
}

function compare({ read }: LogProperty, a: ProvisioningLogEntry, b: ProvisioningLogEntry): number {
  const [left, right] = [read(a) ?? "", read(b) ?? ""]
  return left < right ? -1 : left > right ? 1 : 0
}
