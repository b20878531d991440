/**
 * Desired state to requests, as plain data: nothing is sent here and nothing is read from an answer. The connection's
 * address and headers are added by send.ts.
 */
import { PATCH_OP_URN } from "../../protocol/index.ts"
import type { AttributeChange, Dialect, DialectName, MemberChange, PatchOperation, ReferenceChange } from "./dialect.ts"
import { entraOptscimDialect } from "./entra-optscim.ts"
import { entraDialect } from "./entra.ts"
import { legacyPath } from "./legacy.ts"
import type { WireOptions } from "./options.ts"
import { type AttributeValue, resourceBody } from "./resource-body.ts"

export type ResourceType = "User" | "Group"

/** What a request is for: decides how its answer is read. */
export type Purpose = "probe" | "search" | "read" | "create" | "update" | "delete"

/** A request to be sent, relative to the Tenant URL. */
export interface RequestPlan {
  readonly purpose: Purpose
  readonly resourceType: ResourceType
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Below the Tenant URL, with the query, already encoded: `/Users?filter=…`. */
  readonly path: string
  readonly body: string | null
}

/** Composes every request of one job. */
export interface Composer {
  /** The query for something that cannot exist (WIRE-057, -058). `value` is a fresh GUID. */
  probe(type: ResourceType, matchingPath: string, value: string): RequestPlan
  /** The look-up by one matching attribute (WIRE-045, -046, -157). */
  search(type: ResourceType, matchingPath: string, value: string): RequestPlan
  /** The read before an update; groups without members (WIRE-075, -158). */
  read(type: ResourceType, targetId: string): RequestPlan
  /** Whether the reference already has this value (WIRE-135, -176); null unless the options ask for it. */
  referenceCheck(type: ResourceType, targetId: string, attribute: string, referenceId: string): RequestPlan | null
  create(type: ResourceType, values: readonly AttributeValue[]): RequestPlan
  update(type: ResourceType, targetId: string, changes: readonly AttributeChange[]): RequestPlan
  /** A manager, apart from other attributes (WIRE-129); null where the options say that nothing is sent. */
  reference(type: ResourceType, targetId: string, change: ReferenceChange): RequestPlan | null
  /** Members of a group, cut into requests of at most `membersPerPatch` (RES-05). */
  members(targetId: string, change: MemberChange): readonly RequestPlan[]
  remove(type: ResourceType, targetId: string): RequestPlan
}

const composers: Readonly<Record<DialectName, WeakMap<WireOptions, Composer>>> = {
  entra: new WeakMap(),
  "entra-optscim": new WeakMap(),
}

/** The composer of a dialect under given options. It depends on nothing else, so that cycles with the same options share it. */
export function composerFor(dialect: DialectName, options: WireOptions): Composer {
  const known = composers[dialect].get(options)
  if (known !== undefined) return known
  const composer = createComposer(dialect, options)
  composers[dialect].set(options, composer)
  return composer
}

const DIALECTS: Readonly<Record<DialectName, Dialect>> = { entra: entraDialect, "entra-optscim": entraOptscimDialect }

export function createComposer(dialectName: DialectName, options: WireOptions): Composer {
  const dialect = DIALECTS[dialectName]
  const named = options.generation === "scim" ? (path: string) => path : legacyPath
  /** The paths of look-ups up to the value: there are as many as matching attributes. */
  const lookups: Record<ResourceType, Map<string, string>> = { User: new Map(), Group: new Map() }
  const lookup = (type: ResourceType, path: string): string => {
    const known = lookups[type].get(path)
    if (known !== undefined) return known
    const filter = encodeQuery(`${named(path)} eq `, options)
    const text = `${collection(type)}?${withoutMembers(type)}filter=${filter}`
    lookups[type].set(path, text)
    return text
  }
  const query = (type: ResourceType, path: string, value: string, purpose: Purpose): RequestPlan =>
    get(purpose, type, lookup(type, path) + encodeText(value, options))
  const patch = (type: ResourceType, targetId: string, operations: readonly PatchOperation[]): RequestPlan => ({
    purpose: "update",
    resourceType: type,
    method: "PATCH",
    path: resource(type, targetId),
    body: JSON.stringify({ schemas: [PATCH_OP_URN], Operations: operations }),
  })

  return {
    probe: (type, path, value) => query(type, path, value, "probe"),
    search: (type, path, value) => query(type, path, value, "search"),
    read: (type, targetId) =>
      get("read", type, resource(type, targetId) + (type === "Group" ? "?excludedAttributes=members" : "")),
    referenceCheck(type, targetId, attribute, referenceId) {
      if (options.referenceCheckGets === "off") return null
      const clauses = [`id eq ${JSON.stringify(targetId)}`, `${attribute} eq ${JSON.stringify(referenceId)}`]
      if (options.referenceCheckGets === "referenceFirst") clauses.reverse()
      const filter = encodeQuery(clauses.join(" and "), options)
      return get("search", type, `${collection(type)}?filter=${filter}&attributes=id`)
    },
    create: (type, values) => ({
      purpose: "create",
      resourceType: type,
      method: "POST",
      path: collection(type),
      body: resourceBody(type, values, options),
    }),
    update(type, targetId, changes) {
      const written = changes.map(({ action, path, value }) => ({
        action: options.firstValue === "replace" && !Array.isArray(value) ? ("replace" as const) : action,
        path: named(path),
        value,
      }))
      return patch(type, targetId, dialect.attributes(written, options))
    },
    reference(type, targetId, change) {
      const operations = dialect.reference({ ...change, path: named(change.path) }, options)
      return operations.length === 0 ? null : patch(type, targetId, operations)
    },
    members: (targetId, change) =>
      chunks(change.targetIds, options.membersPerPatch).map((targetIds) =>
        patch("Group", targetId, dialect.members({ ...change, targetIds }, options)),
      ),
    remove: (type, targetId) => ({
      purpose: "delete",
      resourceType: type,
      method: "DELETE",
      path: resource(type, targetId),
      body: null,
    }),
  }
}

function get(purpose: Purpose, resourceType: ResourceType, path: string): RequestPlan {
  return { purpose, resourceType, method: "GET", path, body: null }
}

function collection(type: ResourceType): string {
  return type === "User" ? "/Users" : "/Groups"
}

/** An id is the target's own text and may hold anything, so it is encoded as a path segment. */
function resource(type: ResourceType, targetId: string): string {
  return `${collection(type)}/${encodeURIComponent(targetId)}`
}

/** WIRE-053: `excludedAttributes` stands before `filter`. */
function withoutMembers(type: ResourceType): string {
  return type === "Group" ? "excludedAttributes=members&" : ""
}

/**
 * A filter in a query. WIRE-047: `+` for a space, everything else that has a meaning in a URL percent-encoded with lower-case
 * digits. WIRE-048: `%20` instead.
 */
function encodeQuery(filter: string, { queryEncoding }: WireOptions): string {
  const space = queryEncoding === "plus" ? "+" : "%20"
  return encodeURIComponent(filter).replace(/%[0-9A-F]{2}|[!'()*]/g, (found) => {
    if (found === "%20") return space
    return found.length === 1 ? `%${found.charCodeAt(0).toString(16)}` : found.toLowerCase()
  })
}

/** A value as a filter quotes it, encoded. Ids and most names need neither escapes nor encoding. */
function encodeText(value: string, options: WireOptions): string {
  return /^[\w.-]*$/.test(value) ? `%22${value}%22` : encodeQuery(JSON.stringify(value), options)
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = []
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size))
  return result
}
