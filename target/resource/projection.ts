/** Which attributes an answer holds: `returned` of the schema, `attributes`, `excludedAttributes` (RFC 7644 §3.9). */
import type { AttributeSelector } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import { parseSelector } from "./attribute-name.ts"
import { findAttribute } from "./shape.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import type { Values } from "./values.ts"

/** What a client asked for, as it was written. Not both. */
export interface RequestedAttributes {
  readonly attributes?: readonly string[]
  readonly excludedAttributes?: readonly string[]
}

/** An attribute chosen as a whole, or some of its sub-attributes. */
type Chosen = ReadonlyMap<AttributeShape, "whole" | ReadonlySet<AttributeShape>>

export interface Projection {
  /** Whether nothing was asked for, so that a resource is returned as its schema says. */
  readonly isDefault: boolean
  /** Whether everything that is stored of a resource is part of the answer, so that its text can be sent as it is. */
  readonly keepsStored: boolean
  /** Whether the answer may hold the attribute: if not, its value need not be looked up. */
  includes(attribute: AttributeShape): boolean
  /** What remains of a resource's values; `written` are attributes that the request set (RFC7643-7-15). */
  project(values: Values, written?: ReadonlySet<AttributeShape>): Values
}

/**
 * The projection that a request asks for. Unknown names are ignored (RFC7644-3.9-05).
 *
 * @throws ScimError 400 invalidValue where both lists are given (RFC7644-3.9-04) or a name does not parse.
 */
export function createProjection(shape: ResourceShape, requested: RequestedAttributes): Projection {
  const { attributes, excludedAttributes } = requested
  if (attributes !== undefined && excludedAttributes !== undefined) {
    throw badRequest("invalidValue", "attributes and excludedAttributes exclude each other: send one of them.")
  }
  const wanted = attributes === undefined ? undefined : choose(shape, attributes)
  const unwanted = choose(shape, excludedAttributes ?? [])
  const select = wanted === undefined ? byDefault(unwanted) : onRequest(wanted)
  return {
    isDefault: wanted === undefined && unwanted.size === 0,
    keepsStored: wanted === undefined && !shape.hasRequested && [...unwanted.keys()].every(isRelated),
    includes: (attribute) => select(attribute, undefined, NONE),
    project: (values, written = NONE) => projectValues(values, (attribute, sub) => select(attribute, sub, written)),
  }
}

/** What is stored of a resource has nothing of these. */
function isRelated({ source }: AttributeShape): boolean {
  return source === "members" || source === "groups"
}

const NONE: ReadonlySet<AttributeShape> = new Set()

/** Whether an attribute (or one of its sub-attributes) is part of the answer. */
type Select = (
  attribute: AttributeShape,
  sub: AttributeShape | undefined,
  written: ReadonlySet<AttributeShape>,
) => boolean

function byDefault(unwanted: Chosen): Select {
  return (attribute, sub, written) => {
    const { returned } = (sub ?? attribute).definition
    if (returned === "always" || returned === "never") return returned === "always"
    if (returned === "request") return written.has(attribute)
    const chosen = unwanted.get(attribute)
    return chosen === undefined || (chosen !== "whole" && (sub === undefined || !chosen.has(sub)))
  }
}

function onRequest(wanted: Chosen): Select {
  return (attribute, sub) => {
    const { returned } = (sub ?? attribute).definition
    if (returned === "always" || returned === "never") return returned === "always"
    const chosen = wanted.get(attribute)
    if (chosen === undefined || sub === undefined) return chosen !== undefined
    return chosen === "whole" ? returned === "default" : chosen.has(sub)
  }
}

function choose(shape: ResourceShape, names: readonly string[]): Chosen {
  const chosen = new Map<AttributeShape, "whole" | ReadonlySet<AttributeShape>>()
  const schemas = [...shape.urns.values()]
  for (const name of names) {
    if (name.trim() === "") continue
    for (const [attribute, sub] of find(shape, parseSelector(name.trim(), schemas))) {
      const before = chosen.get(attribute)
      if (sub === undefined || before === "whole") chosen.set(attribute, "whole")
      else chosen.set(attribute, new Set([...(before ?? []), sub]))
    }
  }
  return chosen
}

function find(
  shape: ResourceShape,
  selector: AttributeSelector,
): readonly (readonly [AttributeShape, AttributeShape?])[] {
  const { name, schema } = selector
  if (name === undefined) return attributesOf(shape, schema ?? "").map((attribute) => [attribute] as const)
  const found = findAttribute(shape, { ...selector, name })
  if (found.kind === "unknown") return []
  return [found.sub === undefined ? [found.attribute] : [found.attribute, found.sub]]
}

/** A bare URN stands for all attributes of its schema (RFC7644-3.9-07, contested). */
function attributesOf(shape: ResourceShape, urn: string): readonly AttributeShape[] {
  const extension = shape.extensions.get(urn.toLowerCase())
  return extension === undefined ? [...shape.core.values()] : [...extension.attributes.values()]
}

function projectValues(values: Values, select: (attribute: AttributeShape, sub?: AttributeShape) => boolean): Values {
  const kept = new Map<AttributeShape, JsonValue>()
  for (const [attribute, value] of values) {
    if (!select(attribute)) continue
    const part = attribute.subs.size === 0 ? value : projectComplex(attribute, value, select)
    if (part !== undefined) kept.set(attribute, part)
  }
  return kept
}

function projectComplex(
  attribute: AttributeShape,
  value: JsonValue,
  select: (attribute: AttributeShape, sub: AttributeShape) => boolean,
): JsonValue | undefined {
  if (isJsonArray(value)) {
    const elements = value
      .map((element) => projectComplex(attribute, element, select))
      .filter((one) => one !== undefined)
    return elements.length === 0 ? undefined : elements
  }
  if (!isJsonObject(value)) return value
  const entries = [...attribute.subs.values()]
    .filter((sub) => value[sub.name] !== undefined && select(attribute, sub))
    .map((sub) => [sub.name, value[sub.name] ?? null] as const)
  const object: JsonObject = Object.fromEntries(entries)
  return entries.length === 0 ? undefined : object
}
