/** The discovery resources (RFC 7643 §5 to §7) as data: what the target offers, said truthfully. */
import { RESOURCE_TYPE_URN, SCHEMA_URN, SERVICE_PROVIDER_CONFIG_URN } from "../../protocol/index.ts"
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import type { JsonObject } from "../json.ts"

/** What differs between targets. */
export interface Offer {
  readonly maxResults: number
  readonly defaultPageSize: number
  readonly maxBulkOperations: number
  readonly maxBulkBytes: number
  /** Whether clients need a bearer token. */
  readonly needsToken: boolean
}

/** `location` is the resource's own URL. */
export function serviceProviderConfig(
  { maxResults, defaultPageSize, maxBulkOperations, maxBulkBytes, needsToken }: Offer,
  location: string,
): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: maxBulkOperations, maxPayloadSize: maxBulkBytes },
    filter: { supported: true, maxResults },
    changePassword: { supported: true },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize,
      maxPageSize: maxResults,
    },
    authenticationSchemes: needsToken ? [BEARER] : [],
    meta: { resourceType: "ServiceProviderConfig", location },
  }
}

const BEARER: JsonObject = {
  type: "oauthbearertoken",
  name: "OAuth Bearer Token",
  description: "A token in the Authorization header",
  specUri: "https://www.rfc-editor.org/info/rfc6750",
  primary: true,
}

export function resourceTypeResource(type: ResourceTypeDefinition, location: string): JsonObject {
  const { id, name, description, endpoint, schema, schemaExtensions } = type
  return {
    schemas: [RESOURCE_TYPE_URN],
    id,
    name,
    description,
    endpoint,
    schema,
    schemaExtensions: schemaExtensions.map(({ schema: urn, required }) => ({ schema: urn, required })),
    meta: { resourceType: "ResourceType", location },
  }
}

export function schemaResource({ id, name, description, attributes }: SchemaDefinition, location: string): JsonObject {
  return {
    schemas: [SCHEMA_URN],
    id,
    name,
    description,
    attributes: attributes.map(attributeObject),
    meta: { resourceType: "Schema", location },
  }
}

/** Without members that have no meaning: no null (WIRE-066), no caseExact or uniqueness on complex (RFC7643-2.3.8-03). */
function attributeObject(definition: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, canonicalValues, mutability, returned } = definition
  const isComparable = type !== "complex" && type !== "boolean"
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(canonicalValues !== undefined && { canonicalValues }),
    ...(isComparable && { caseExact: definition.caseExact }),
    mutability,
    returned,
    ...(isComparable && { uniqueness: definition.uniqueness }),
    ...(definition.referenceTypes !== undefined && { referenceTypes: definition.referenceTypes }),
    ...(definition.subAttributes !== undefined && { subAttributes: definition.subAttributes.map(attributeObject) }),
  }
}
