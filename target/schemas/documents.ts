/**
 * What a file of custom schemas holds: schema documents (RFC 7643 §7) and resource type documents (§6), as zod schemas. What
 * a document leaves out has the RFC's default (RFC7643-2.2-01). A resource type of ours is named only to be extended.
 */
import { z } from "zod"

const SIMPLE_TYPES = ["string", "boolean", "decimal", "integer", "dateTime", "binary", "reference"] as const

const characteristics = {
  name: z.string(),
  multiValued: z.boolean().default(false),
  description: z.string().default(""),
  required: z.boolean().default(false),
  canonicalValues: z.array(z.string()).min(1).optional(),
  caseExact: z.boolean().default(false),
  mutability: z.enum(["readOnly", "readWrite", "immutable", "writeOnly"]).default("readWrite"),
  returned: z.enum(["always", "never", "default", "request"]).default("default"),
  uniqueness: z.enum(["none", "server", "global"]).default("none"),
  referenceTypes: z.array(z.string()).min(1).optional(),
}

const subAttributeDocument = z.strictObject({ ...characteristics, type: z.enum(SIMPLE_TYPES).default("string") })

const attributeDocument = z.strictObject({
  ...characteristics,
  type: z.enum([...SIMPLE_TYPES, "complex"]).default("string"),
  subAttributes: z.array(subAttributeDocument).optional(),
})
export type AttributeDocument = z.infer<typeof attributeDocument>

/** What a document copied from a server's discovery endpoint has beside its content; nothing of it is used. */
const envelope = { schemas: z.array(z.string()).optional(), meta: z.looseObject({}).optional() }

const schemaDocument = z.strictObject({
  ...envelope,
  id: z.string(),
  name: z.string().optional(),
  description: z.string().default(""),
  attributes: z.array(attributeDocument).min(1),
})
export type SchemaDocument = z.infer<typeof schemaDocument>

const schemaExtension = z.strictObject({ schema: z.string(), required: z.boolean().default(false) })

const resourceTypeDocument = z.strictObject({
  ...envelope,
  id: z.string().optional(),
  name: z.string(),
  description: z.string().optional(),
  endpoint: z.string().optional(),
  schema: z.string().optional(),
  schemaExtensions: z.array(schemaExtension).default([]),
})
export type ResourceTypeDocument = z.infer<typeof resourceTypeDocument>

export const schemaFileDocument = z.strictObject({
  schemas: z.array(schemaDocument).default([]),
  resourceTypes: z.array(resourceTypeDocument).default([]),
})
export type SchemaFileDocument = z.infer<typeof schemaFileDocument>

/** The members that the object in that place of a file may have: `schemas[0].attributes[1]`. */
export function membersAt(place: string): readonly string[] {
  if (place === "") return Object.keys(schemaFileDocument.shape)
  if (place.includes("schemaExtensions[")) return Object.keys(schemaExtension.shape)
  if (place.startsWith("resourceTypes[")) return Object.keys(resourceTypeDocument.shape)
  return Object.keys((place.includes("attributes[") ? attributeDocument : schemaDocument).shape)
}
