/**
 * The ServiceProviderConfig schema (RFC 7643 §5, §8.7.2), with errata 8011 and 9018 applied and the additions of RFC 9865
 * and RFC 9967. Everything is read-only; `required` means that the server always returns it.
 */
import { SERVICE_PROVIDER_CONFIG_URN } from "../urns.ts"
import { allReadOnly, attribute, complex, text } from "./attribute.ts"
import type { AttributeDefinition, SchemaDefinition } from "./definition.ts"

function feature(name: string, description: string, limits: readonly AttributeDefinition[] = []): AttributeDefinition {
  const supported = attribute("boolean", "supported", "Whether the server offers it.", { required: true })
  return complex(name, description, [supported, ...limits], { required: true })
}

function count(name: string, description: string, required: boolean): AttributeDefinition {
  return attribute("integer", name, description, { required })
}

const AUTHENTICATION_SCHEMES = complex(
  "authenticationSchemes",
  "Ways to authenticate.",
  [
    text("type", "Kind of scheme.", {
      required: true,
      canonicalValues: ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"],
    }),
    text("name", "Common name of the scheme.", { required: true }),
    text("description", "What the scheme is.", { required: true }),
    attribute("reference", "specUri", "URL of the scheme's specification.", { referenceTypes: ["external"] }),
    attribute("reference", "documentationUri", "URL of help on its use.", { referenceTypes: ["external"] }),
    attribute("boolean", "primary", "True on the one preferred scheme."),
  ],
  { multiValued: true, required: true },
)

/** RFC 9865 §3. */
const PAGINATION = complex("pagination", "Kinds of paging the server offers.", [
  attribute("boolean", "cursor", "Whether pages can be asked for by cursor.", { required: true }),
  attribute("boolean", "index", "Whether pages can be asked for by startIndex.", { required: true }),
  text("defaultPaginationMethod", "The kind used when a request asks for none.", {
    canonicalValues: ["cursor", "index"],
  }),
  count("defaultPageSize", "Results in a page when count is not given.", false),
  count("maxPageSize", "The most results in a page.", false),
  count("cursorTimeout", "Seconds a cursor lives at least.", false),
])

/** RFC 9967. */
const SECURITY_EVENTS = complex("securityEvents", "Security events and asynchronous requests.", [
  text("asyncRequest", "Which asynchronous requests the server takes.", {
    canonicalValues: ["none", "long", "request"],
  }),
  text("eventUris", "URIs of the events the server sends.", { multiValued: true }),
])

export const SERVICE_PROVIDER_CONFIG_SCHEMA: SchemaDefinition = {
  id: SERVICE_PROVIDER_CONFIG_URN,
  name: "ServiceProviderConfig",
  description: "What the server offers",
  attributes: allReadOnly([
    attribute("reference", "documentationUri", "URL of help for people.", { referenceTypes: ["external"] }),
    feature("patch", "Changes by PATCH."),
    feature("bulk", "Several operations in one request.", [
      count("maxOperations", "The most operations in a request.", true),
      count("maxPayloadSize", "The most bytes in a request.", true),
    ]),
    feature("filter", "Filters in queries.", [count("maxResults", "The most resources in an answer.", true)]),
    feature("changePassword", "Change of an existing password."),
    feature("sort", "Sorted queries."),
    feature("etag", "Versions by entity tag."),
    AUTHENTICATION_SCHEMES,
    PAGINATION,
    SECURITY_EVENTS,
  ]),
}
