/** The shape of schemas and resource types as data (RFC 7643 §6 and §7). */

export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "binary"
  | "reference"
  | "complex"
export type Mutability = "readOnly" | "readWrite" | "immutable" | "writeOnly"
export type Returned = "always" | "never" | "default" | "request"
export type Uniqueness = "none" | "server" | "global"

/** One attribute with every characteristic of RFC 7643 §7 spelled out. */
export interface AttributeDefinition {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly canonicalValues?: readonly string[]
  readonly caseExact: boolean
  readonly mutability: Mutability
  readonly returned: Returned
  readonly uniqueness: Uniqueness
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly AttributeDefinition[]
}

export interface SchemaDefinition {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly AttributeDefinition[]
}

export interface ResourceTypeDefinition {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  readonly description: string
  readonly schema: string
  readonly schemaExtensions: readonly { readonly schema: string; readonly required: boolean }[]
}
