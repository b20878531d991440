/**
 * What Entra writes in each dialect, by hand from Microsoft's pages and published captures: the checks must not share a
 * composer with the simulator that they are there to keep honest.
 */
import { ENTERPRISE_USER_URN } from "../../../protocol/index.ts"
import type { Dialect } from "../../../reports/index.ts"
import type { Json } from "../context.ts"

/** One operation of a PATCH, sent as it stands. */
export interface Operation {
  readonly op: string
  readonly path?: string
  readonly value?: Json
}

export type ByDialect = Readonly<Record<Dialect, readonly Operation[]>>

export const BOTH_DIALECTS: readonly Dialect[] = ["entra", "entra-optscim"]

/** The headers of a request of Entra's (WIRE-035, -036, -038, -039, observed): no Accept, no User-Agent. */
export const ENTRA_HEADERS = {
  accept: null,
  "user-agent": null,
  adscimversion: "Date:2026-11-21T08:00:00Z, ActivityId:5f0c1c7e-8a54-4f0e-9d5d-2f6a7f3a0b11",
} as const

/** WIRE-106, WIRE-115 (documented). */
export const DISABLE: ByDialect = {
  entra: [{ op: "Replace", path: "active", value: "False" }],
  "entra-optscim": [{ op: "replace", path: "active", value: false }],
}

/** WIRE-085, WIRE-107, WIRE-115. */
export const ENABLE: ByDialect = {
  entra: [{ op: "Replace", path: "active", value: "True" }],
  "entra-optscim": [{ op: "replace", path: "active", value: true }],
}

/** WIRE-166, WIRE-167, WIRE-169 (documented). */
export function addMembers(dialect: Dialect, ids: readonly string[]): readonly Operation[] {
  const value = ids.map((id) => ({ value: id }))
  return [{ op: dialect === "entra" ? "Add" : "add", path: "members", value }]
}

/** WIRE-168: a list beside the path; WIRE-170: a filter in it (documented). */
export function removeMember(dialect: Dialect, id: string): readonly Operation[] {
  return dialect === "entra"
    ? [{ op: "Remove", path: "members", value: [{ value: id }] }]
    : [{ op: "remove", path: `members[value eq "${id}"]` }]
}

const MANAGER = `${ENTERPRISE_USER_URN}:manager`

/** WIRE-130: the bare id (observed by several, and in Microsoft's code). */
export function setManager(dialect: Dialect, id: string): readonly Operation[] {
  return [{ op: dialect === "entra" ? "Add" : "add", path: MANAGER, value: id }]
}

/** WIRE-134: another id, or an empty text where there is no manager any more. */
export function changeManager(dialect: Dialect, id: string): readonly Operation[] {
  return [{ op: dialect === "entra" ? "Replace" : "replace", path: MANAGER, value: id }]
}
