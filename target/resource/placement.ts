/**
 * Where values live and which of them have an index. Most are in the resource's stored document; some are columns of its
 * row, some are derived from other resources when they are read, and secrets are kept nowhere.
 */
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import type { AttributeDefinition } from "../../protocol/index.ts"

export type ValueSource =
  /** In the stored document. */
  | "document"
  /** A column of the resource's row: id, meta. */
  | "row"
  /** The members of a group, in a table of their own. */
  | "members"
  /** The groups of a user, derived from that table (RFC7643-4.1.2-07). */
  | "groups"
  /** Derived from the row of the manager whose id the document holds (RFC7643-4.3-03). */
  | "manager"
  /** Only as a salted hash, beside the resource: never returned, never filtered by (RFC7643-9.2-01). */
  | "secret"

/** An index over one attribute's values. */
export interface ValueIndex {
  /** Names the index within the store: `User.userName`. */
  readonly name: string
  /** Whether a second resource with the value is refused. */
  readonly unique: boolean
}

const SOURCES: ReadonlyMap<string, ValueSource> = new Map([
  [`${GROUP_URN}:members`, "members"],
  [`${USER_URN}:groups`, "groups"],
  [`${ENTERPRISE_USER_URN}:manager.$ref`, "manager"],
  [`${ENTERPRISE_USER_URN}:manager.displayName`, "manager"],
])

/**
 * What clients look resources of any type up by, and those of one (RFC 7644 §3.4.2, WIRE-045): core attributes only. A person's
 * displayName is none: it names nobody for certain, changes often, and whoever searches by it asks for a part of it.
 */
const LOOKED_UP: ReadonlySet<string> = new Set(["externalId", "User.emails.value", "Group.displayName"])

/** Where the values of the attribute called `label` of that schema live. */
export function sourceOf(schema: string, label: string, definition: AttributeDefinition): ValueSource {
  if (definition.returned === "never") return "secret"
  const [top] = label.split(".")
  if (top === "id" || top === "meta") return "row"
  return SOURCES.get(`${schema}:${label}`) ?? SOURCES.get(`${schema}:${top}`) ?? "document"
}

/**
 * The index over the attribute called `label` of that resource type, if it has one; `id` is the row's own key. An
 * extension's attribute may be called as one of the base schema is, so its URN is part of the name.
 */
export function indexOf(
  { type, extension }: { readonly type: string; readonly extension?: string | undefined },
  label: string,
  definition: AttributeDefinition,
): ValueIndex | undefined {
  if (label === "id") return undefined
  const unique = definition.uniqueness !== "none"
  if (extension !== undefined) return unique ? { name: `${type}.${extension}:${label}`, unique } : undefined
  const name = `${type}.${label}`
  return unique || LOOKED_UP.has(name) || LOOKED_UP.has(label) ? { name, unique } : undefined
}
