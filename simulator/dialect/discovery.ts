/**
 * Schema discovery: what an answer to `GET /Schemas` adds to the attribute list of a gallery application (WIRE-065, -066, -069, MAP-408).
 * Pure. The names are flattened to targets of mappings as Microsoft's own code does.
 */
import { GROUP_URN, USER_URN } from "../../protocol/index.ts"
import type { RequestPlan } from "./compose.ts"
import type { JsonObject } from "./dialect.ts"
import { parseJson, type Reply } from "./errors.ts"
import { isObject } from "./resource-read.ts"

/** Targets by object type, as mappings name them. */
export interface DiscoveredTargets {
  readonly User: readonly string[]
  readonly Group: readonly string[]
}

export const NOTHING_DISCOVERED: DiscoveredTargets = { User: [], Group: [] }

export const SCHEMAS_REQUEST: RequestPlan = {
  purpose: "read",
  resourceType: "User",
  method: "GET",
  path: "/Schemas",
  body: null,
}

/** What the answer says; nothing where it is not a list of schemas as WIRE-066 wants it. */
export function interpretSchemas(reply: Reply): DiscoveredTargets {
  if (reply.kind === "unanswered" || reply.response.status !== 200) return NOTHING_DISCOVERED
  const message = parseJson(reply.response.body)
  const schemas = isObject(message) ? message["Resources"] : undefined
  if (!Array.isArray(schemas)) return NOTHING_DISCOVERED
  const named = schemas.filter(isObject).map((schema) => [schema["id"], schema] as const)
  const targetsOf = (isWanted: (id: string) => boolean): string[] =>
    named.flatMap(([id, schema]) => (typeof id === "string" && isWanted(id) ? flatten(id, schema) : []))
  return { User: targetsOf((id) => !isOfGroups(id)), Group: targetsOf(isOfGroups) }
}

/** Both lists in one; what was discovered once is never taken away (MAP-408, documented). */
export function joined(known: DiscoveredTargets, found: DiscoveredTargets): DiscoveredTargets {
  const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])]
  return { User: union(known.User, found.User), Group: union(known.Group, found.Group) }
}

/** A schema says nowhere what it extends: the last part of its URN is taken for it (inferred). */
function isOfGroups(id: string): boolean {
  return /:Group$/i.test(id)
}

function flatten(id: string, schema: JsonObject): string[] {
  const prefix = [USER_URN, GROUP_URN].some((urn) => urn.toLowerCase() === id.toLowerCase()) ? "" : `${id}:`
  return attributesOf(schema["attributes"]).flatMap((attribute) => names(attribute).map((name) => prefix + name))
}

/** Attributes that are written by the target's ids and stay whole (WIRE-069). */
const REFERENCES: ReadonlySet<string> = new Set(["manager", "members"])

interface Attribute {
  readonly name: string
  readonly type: string
  readonly multiValued: boolean
  readonly canonicalValues: readonly string[]
  readonly subAttributes: readonly Attribute[]
}

/** WIRE-069. */
function names({ name, type, multiValued, subAttributes }: Attribute): string[] {
  if (type !== "complex" || REFERENCES.has(name)) return [name]
  const subs = subAttributes.filter((sub) => sub.type !== "reference").map((sub) => sub.name)
  if (!multiValued) return subs.map((sub) => `${name}.${sub}`)
  const kinds = subAttributes.find((sub) => sub.name === "type")?.canonicalValues ?? []
  if (kinds.length === 0) {
    return subs.filter((sub) => sub !== "primary").map((sub) => `${name}[primary eq "True"].${sub}`)
  }
  const others = subs.filter((sub) => sub !== "type")
  return kinds.flatMap((kind) => others.map((sub) => `${name}[type eq ${JSON.stringify(kind)}].${sub}`))
}

function attributesOf(value: unknown): Attribute[] {
  if (!Array.isArray(value)) return []
  return value.filter(isObject).flatMap((attribute) => {
    const { name, type, multiValued, canonicalValues, subAttributes } = attribute
    if (typeof name !== "string" || name === "") return []
    const listed: readonly unknown[] = Array.isArray(canonicalValues) ? canonicalValues : []
    return {
      name,
      type: typeof type === "string" ? type : "string",
      multiValued: multiValued === true,
      canonicalValues: listed.filter((one) => typeof one === "string"),
      subAttributes: attributesOf(subAttributes),
    }
  })
}
