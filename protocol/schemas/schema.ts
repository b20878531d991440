/**
 * The Schema schema (RFC 7643 §7, §8.7.2, with errata 5606, 5607, 8415 and 8435 applied): the one place where a complex
 * attribute holds a complex one. Everything is read-only; `required` means that the server always returns it.
 */
import { SCHEMA_URN } from "../urns.ts"
import { allReadOnly, attribute, complex, text } from "./attribute.ts"
import type { AttributeDefinition, SchemaDefinition } from "./definition.ts"

const SIMPLE_TYPES = ["string", "boolean", "decimal", "integer", "dateTime", "reference", "binary"] as const

function characteristics(types: readonly string[]): readonly AttributeDefinition[] {
  return [
    text("name", "Name of the attribute.", { required: true, caseExact: true }),
    text("type", "Type of its values.", { required: true, canonicalValues: types }),
    attribute("boolean", "multiValued", "Whether it is a list.", { required: true }),
    text("description", "What it means.", { caseExact: true }),
    attribute("boolean", "required", "Whether it must have a value."),
    text("canonicalValues", "Suggested values.", { multiValued: true, caseExact: true }),
    attribute("boolean", "caseExact", "Whether letter case counts in its values."),
    text("mutability", "Who may write it, and when.", {
      caseExact: true,
      canonicalValues: ["readOnly", "readWrite", "immutable", "writeOnly"],
    }),
    text("returned", "When it is part of an answer.", {
      caseExact: true,
      canonicalValues: ["always", "never", "default", "request"],
    }),
    text("uniqueness", "How far a value is unique.", {
      caseExact: true,
      canonicalValues: ["none", "server", "global"],
    }),
    text("referenceTypes", "What a reference may point to.", { multiValued: true, caseExact: true }),
  ]
}

export const SCHEMA_SCHEMA: SchemaDefinition = {
  id: SCHEMA_URN,
  name: "Schema",
  description: "The attributes of a kind of resource",
  attributes: allReadOnly([
    text("id", "URN of the schema.", { required: true }),
    text("name", "Readable name of the schema.", { required: true }),
    text("description", "What the schema is for."),
    complex(
      "attributes",
      "The schema's attributes.",
      [
        ...characteristics([...SIMPLE_TYPES, "complex"]),
        complex("subAttributes", "The parts of a complex attribute.", characteristics(SIMPLE_TYPES), {
          multiValued: true,
        }),
      ],
      { multiValued: true, required: true },
    ),
  ]),
}
