/**
 * The ResourceType schema (RFC 7643 §6, §8.7.2, with errata 7522 and 8475 applied). Everything is read-only; `required`
 * means that the server always returns it.
 */
import { RESOURCE_TYPE_URN } from "../urns.ts"
import { allReadOnly, attribute, complex, text } from "./attribute.ts"
import type { SchemaDefinition } from "./definition.ts"

export const RESOURCE_TYPE_SCHEMA: SchemaDefinition = {
  id: RESOURCE_TYPE_URN,
  name: "ResourceType",
  description: "A kind of resource and where it is found",
  attributes: allReadOnly([
    text("id", "Identifier of the resource type, often its name."),
    text("name", "Name of the resource type, as in meta.resourceType.", {
      required: true,
      caseExact: true,
      uniqueness: "server",
    }),
    text("description", "What the resource type is for."),
    attribute("reference", "endpoint", "Where the resources are, relative to the base URL.", {
      required: true,
      uniqueness: "server",
      referenceTypes: ["uri"],
    }),
    attribute("reference", "schema", "URN of the base schema.", { required: true, referenceTypes: ["uri"] }),
    // The text calls the list optional though the printed schema requires it (C-17).
    complex(
      "schemaExtensions",
      "Schemas that extend the base schema.",
      [
        attribute("reference", "schema", "URN of the extension.", { required: true, referenceTypes: ["uri"] }),
        attribute("boolean", "required", "Whether every resource must have the extension.", { required: true }),
      ],
      { multiValued: true },
    ),
  ]),
}
