/** The core Group schema and resource type (RFC 7643 §4.2, §8.7.1, with errata 5368, 6001 and 6011 applied). */
import { GROUP_URN } from "../urns.ts"
import { attribute, complex, text } from "./attribute.ts"
import type { ResourceTypeDefinition, SchemaDefinition } from "./definition.ts"

export const GROUP_SCHEMA: SchemaDefinition = {
  id: GROUP_URN,
  name: "Group",
  description: "Group",
  attributes: [
    // Required by the text and erratum 5368; need not be unique (RFC7643-4.2-01, -05).
    text("displayName", "Name of the group.", { required: true }),
    complex(
      "members",
      "Who belongs to the group. Members come and go as a whole; what describes one does not change.",
      [
        // An id, so case exact whatever the printed schema says (C-11, erratum 8472).
        text("value", "Id of the member.", { caseExact: true, mutability: "immutable" }),
        attribute("reference", "$ref", "URL of the member.", {
          mutability: "immutable",
          referenceTypes: ["User", "Group"],
        }),
        text("type", "What kind of resource the member is.", {
          canonicalValues: ["User", "Group"],
          mutability: "immutable",
        }),
        // Missing in the printed schema (erratum 6011); read-only as in `groups`, since the server derives it (C-16).
        text("display", "Name of the member.", { mutability: "readOnly" }),
      ],
      { multiValued: true },
    ),
  ],
}

export const GROUP_RESOURCE_TYPE: ResourceTypeDefinition = {
  id: "Group",
  name: "Group",
  endpoint: "/Groups",
  description: "Group",
  schema: GROUP_URN,
  schemaExtensions: [],
}
