/** The resource types and schemas of a target: the RFC's own, and what a file of custom schemas adds to them. */
import {
  ENTERPRISE_USER_SCHEMA,
  GROUP_RESOURCE_TYPE,
  GROUP_SCHEMA,
  USER_RESOURCE_TYPE,
  USER_SCHEMA,
} from "../../protocol/index.ts"
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import type { AttributeDocument, ResourceTypeDocument, SchemaDocument, SchemaFileDocument } from "./documents.ts"

/** What a target serves: every resource type, with every schema that one of them has. */
export interface Catalogue {
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
  /** URNs of the schemas whose canonicalValues are a demand; those of the RFC's own schemas are suggestions. */
  readonly custom: ReadonlySet<string>
}

/** User, Group and the enterprise extension (RFC 7643 §4). */
export const CORE_CATALOGUE: Catalogue = {
  types: [USER_RESOURCE_TYPE, GROUP_RESOURCE_TYPE],
  schemas: [USER_SCHEMA, GROUP_SCHEMA, ENTERPRISE_USER_SCHEMA],
  custom: new Set(),
}

/** The core with what a checked file adds: extensions of types that are there, and types of its own. */
export function withCustom({ schemas, resourceTypes }: SchemaFileDocument): Catalogue {
  const added = new Map(resourceTypes.map((type) => [type.name.toLowerCase(), type]))
  const known = CORE_CATALOGUE.types.map((type) => extended(type, added.get(type.name.toLowerCase())))
  const isNew = ({ name }: ResourceTypeDocument): boolean => coreTypeNamed(name) === undefined
  return {
    types: [...known, ...resourceTypes.filter(isNew).map(toResourceType)],
    schemas: [...CORE_CATALOGUE.schemas, ...schemas.map(toSchema)],
    custom: new Set(schemas.map(({ id }) => id)),
  }
}

/** The RFC's own resource type of that name, in any case. */
export function coreTypeNamed(name: string): ResourceTypeDefinition | undefined {
  return CORE_CATALOGUE.types.find((type) => type.name.toLowerCase() === name.toLowerCase())
}

function extended(type: ResourceTypeDefinition, addition: ResourceTypeDocument | undefined): ResourceTypeDefinition {
  if (addition === undefined) return type
  const known = new Set(type.schemaExtensions.map(({ schema }) => schema))
  const more = addition.schemaExtensions.filter(({ schema }) => !known.has(schema))
  return { ...type, schemaExtensions: [...type.schemaExtensions, ...more] }
}

function toResourceType(document: ResourceTypeDocument): ResourceTypeDefinition {
  const { id, name, description, endpoint = "", schema = "", schemaExtensions } = document
  return { id: id ?? name, name, endpoint, description: description ?? name, schema, schemaExtensions }
}

function toSchema({ id, name, description, attributes }: SchemaDocument): SchemaDefinition {
  return { id, name: name ?? id.split(":").at(-1) ?? id, description, attributes: attributes.map(toAttribute) }
}

/** References and binaries are case exact whatever a schema prints (RFC7643-2.3.7-04). */
function toAttribute(document: AttributeDocument): AttributeDefinition {
  const { canonicalValues, referenceTypes, subAttributes, ...rest } = document
  return {
    ...rest,
    caseExact: rest.caseExact || rest.type === "reference" || rest.type === "binary",
    ...(canonicalValues !== undefined && { canonicalValues }),
    ...(referenceTypes !== undefined && { referenceTypes }),
    ...(subAttributes !== undefined && { subAttributes: subAttributes.map(toAttribute) }),
  }
}
