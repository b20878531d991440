/**
 * The body of a create: mapped values gathered into one resource. Values with the same filter become one array element, those
 * of an extension one nested object (WIRE-082 to -095, documented).
 */
import { ADSCIM_GROUP_URN, ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from "../../protocol/index.ts"
import type { Json } from "./dialect.ts"
import type { WireOptions } from "./options.ts"
import type { TargetPath } from "../mapping/target-path.ts"
import { targetPath } from "./target-path.ts"

/** A mapped value on its way to the target, in its JSON type. */
export interface AttributeValue {
  readonly path: string
  readonly value: Json
}

type Draft = { [name: string]: Json | Draft | Draft[] }

/** The JSON text of a new user or group. References are not part of it (WIRE-092, WIRE-163). */
export function resourceBody(type: "User" | "Group", values: readonly AttributeValue[], options: WireOptions): string {
  const draft: Draft = { schemas: schemasOf(type, options), meta: { resourceType: type } }
  if (options.emptyCollectionsOnCreate) draft[type === "User" ? "roles" : "members"] = []
  for (const { path, value } of values) place(draft, targetPath(path), postValue(value, options))
  markWorkEmailPrimary(draft, options)
  return JSON.stringify(inOrder(draft))
}

/** WIRE-083: a user always lists both schemas; WIRE-148: the URN of a custom extension is never listed. */
function schemasOf(type: "User" | "Group", options: WireOptions): string[] {
  if (type === "User") return [USER_URN, ENTERPRISE_USER_URN]
  const isCore = options.groupCreateSchemas === "core" && options.generation === "scim"
  return isCore ? [GROUP_URN] : [GROUP_URN, ADSCIM_GROUP_URN]
}

function place(root: Draft, path: TargetPath, value: Json): void {
  const container = path.schema === undefined ? root : child(root, path.schema)
  if (path.element !== undefined) {
    element(container, path.attribute, path.element)[path.sub ?? "value"] = value
  } else if (path.sub !== undefined) {
    child(container, path.attribute)[path.sub] = value
  } else {
    container[path.attribute] = value
  }
}

function child(parent: Draft, name: string): Draft {
  const existing = parent[name]
  if (isDraft(existing)) return existing
  const created: Draft = {}
  parent[name] = created
  return created
}

/** MAP-404: the filter's own attribute becomes a member of the element, `primary eq "True"` a real boolean. */
function element(parent: Draft, name: string, selector: NonNullable<TargetPath["element"]>): Draft {
  const wanted = selector.value
  const existing = parent[name]
  const elements: unknown[] = Array.isArray(existing) ? existing : []
  parent[name] = elements as Draft[]
  const found = elements.find((candidate) => isDraft(candidate) && candidate[selector.attribute] === wanted)
  if (isDraft(found)) return found
  const created: Draft = { [selector.attribute]: wanted }
  elements.push(created)
  return created
}

/** WIRE-089. */
function markWorkEmailPrimary(draft: Draft, options: WireOptions): void {
  if (!Array.isArray(draft["emails"])) return
  for (const email of draft["emails"]) {
    if (isDraft(email) && email["type"] === "work") email["primary"] ??= postValue(true, options)
  }
}

/** WIRE-085: real booleans, or the text that the default expression gives. */
function postValue(value: Json, options: WireOptions): Json {
  if (typeof value !== "boolean" || options.postBooleans === "native") return value
  return value ? "True" : "False"
}

/** The documented order of keys (WIRE-082): these first, then by name. It has no meaning (WIRE-041) but is always the same. */
const LEADING_KEYS = new Map(["schemas", "externalId", "userName", "formatted"].map((name, index) => [name, index]))

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isDraft(value)) return value
  const ordered: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort(byRank)) ordered[name] = inOrder(value[name])
  return ordered
}

function byRank(a: string, b: string): number {
  const last = LEADING_KEYS.size
  return (LEADING_KEYS.get(a) ?? last) - (LEADING_KEYS.get(b) ?? last) || (a < b ? -1 : 1)
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
