/**
 * Attributes that every resource has whatever its schemas say (RFC 7643 §3.1, RFC7643-3-06). They belong to no schema.
 * `required` on a read-only attribute binds the server, not the client.
 */
import { attribute, complex, text } from "./attribute.ts"
import type { AttributeDefinition } from "./definition.ts"

export const COMMON_ATTRIBUTES: readonly AttributeDefinition[] = [
  // Part of every representation, under projection too (RFC7644-3.9-06, erratum 8084).
  attribute("reference", "schemas", "URNs of the schemas whose attributes the resource may hold.", {
    multiValued: true,
    required: true,
    returned: "always",
    referenceTypes: ["uri"],
  }),
  text("id", "The server's own identifier of the resource, for ever.", {
    required: true,
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
    uniqueness: "server",
  }),
  text("externalId", "The identifier that the provisioning client uses for the resource.", { caseExact: true }),
  complex(
    "meta",
    "What the server knows about the resource itself; ignored when a client sends it.",
    [
      text("resourceType", "Name of the resource type.", { caseExact: true, mutability: "readOnly" }),
      attribute("dateTime", "created", "When the resource was created.", { mutability: "readOnly" }),
      attribute("dateTime", "lastModified", "When the resource was last changed; equals created until then.", {
        mutability: "readOnly",
      }),
      attribute("reference", "location", "URL of the resource.", { mutability: "readOnly", referenceTypes: ["uri"] }),
      text("version", "Entity tag of the resource, equal to the ETag header.", {
        caseExact: true,
        mutability: "readOnly",
      }),
    ],
    { required: true, mutability: "readOnly" },
  ),
]
