/** Finds what an attribute path means on a resource type. Names and URNs are compared without regard to case. */
import type { AttributePath } from "../filter/ast.ts"
import { COMMON_ATTRIBUTES } from "./common.ts"
import type { AttributeDefinition, SchemaDefinition } from "./definition.ts"

/** The schemas of one resource type. */
export interface ResourceSchemas {
  readonly base: SchemaDefinition
  readonly extensions: readonly SchemaDefinition[]
}

export interface ResolvedAttribute {
  /** The schema that defines the attribute; absent for the common ones (id, externalId, meta, schemas). */
  readonly schema?: SchemaDefinition
  /** URN of the extension whose container holds the value; absent for attributes at the top level. */
  readonly extension?: string
  readonly definition: AttributeDefinition
  /** The sub-attribute, where the path names one. */
  readonly sub?: AttributeDefinition
}

export interface ResolveOptions {
  /**
   * Whether an extension's attribute is found without its URN, after the core ones: `manager` (vector F-urn-17, contested).
   * Default true.
   */
  readonly unqualifiedExtensions?: boolean
}

/**
 * What `path` means, or undefined where the resource type has no such attribute or sub-attribute. The core URN in front is
 * optional, also in front of common attributes; an extension's attribute needs the extension's URN unless the options say
 * otherwise.
 */
export function resolveAttribute(
  schemas: ResourceSchemas,
  path: AttributePath,
  { unqualifiedExtensions = true }: ResolveOptions = {},
): ResolvedAttribute | undefined {
  if (path.schema !== undefined) {
    const schema = findSchema(schemas, path.schema)
    return schema === undefined ? undefined : resolveIn(schemas, schema, path)
  }
  const core = resolveIn(schemas, schemas.base, path)
  if (core !== undefined || !unqualifiedExtensions || isTopLevel(schemas.base, path.name)) return core
  for (const extension of schemas.extensions) {
    const found = resolveIn(schemas, extension, path)
    if (found !== undefined) return found
  }
  return undefined
}

/** The schema of that URN among the resource type's own. */
export function findSchema(schemas: ResourceSchemas, urn: string): SchemaDefinition | undefined {
  const name = urn.toLowerCase()
  return [schemas.base, ...schemas.extensions].find((schema) => schema.id.toLowerCase() === name)
}

/** The definition of that name, in any case. */
export function findAttribute(
  definitions: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined {
  return indexOf(definitions).get(name.toLowerCase())
}

function resolveIn(
  { base }: ResourceSchemas,
  schema: SchemaDefinition,
  { name, sub }: AttributePath,
): ResolvedAttribute | undefined {
  const common = schema === base ? findAttribute(COMMON_ATTRIBUTES, name) : undefined
  const definition = common ?? findAttribute(schema.attributes, name)
  if (definition === undefined) return undefined
  const subDefinition = sub === undefined ? undefined : findAttribute(definition.subAttributes ?? [], sub)
  if (sub !== undefined && subDefinition === undefined) return undefined
  return {
    ...(common === undefined && { schema }),
    ...(schema !== base && { extension: schema.id }),
    definition,
    ...(subDefinition !== undefined && { sub: subDefinition }),
  }
}

function isTopLevel(base: SchemaDefinition, name: string): boolean {
  return (findAttribute(COMMON_ATTRIBUTES, name) ?? findAttribute(base.attributes, name)) !== undefined
}

/** Definitions by lower-case name: every request looks up many names, and the lists never change. */
const indexes = new WeakMap<readonly AttributeDefinition[], ReadonlyMap<string, AttributeDefinition>>()

function indexOf(definitions: readonly AttributeDefinition[]): ReadonlyMap<string, AttributeDefinition> {
  const known = indexes.get(definitions)
  if (known !== undefined) return known
  const index = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]))
  indexes.set(definitions, index)
  return index
}
