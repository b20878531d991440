/** The discovery endpoints (RFC 7644 §4): read-only, without filter; sorting and paging are ignored. */
import { hash } from "node:crypto"
import type { ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import { resourceTypeResource, schemaResource, serviceProviderConfig } from "../discovery/documents.ts"
import type { Offer } from "../discovery/documents.ts"
import { isJsonObject } from "../json.ts"
import type { JsonObject } from "../json.ts"
import { notFound, ScimError } from "../scim-error.ts"
import type { Answer, Call } from "./call.ts"
import { conditionsOf, isNotModified } from "./conditional.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answer, answerEmpty, parametersOf, renderList } from "./exchange.ts"

export const SERVICE_PROVIDER_CONFIG_ENDPOINT = "/ServiceProviderConfig"

export interface DiscoveryOptions {
  /** The base URL as the client of this request sees it. */
  readonly baseUrl: (call: Call) => string
  readonly offer: Offer
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
}

type Endpoint = readonly [path: string, handler: Handler]

/** Paths below the base path, with what they do. */
export function discoveryEndpoints({ baseUrl, offer, types, schemas }: DiscoveryOptions): readonly Endpoint[] {
  const config = endpoint({
    GET: (call) => {
      const location = `${baseUrl(call)}${SERVICE_PROVIDER_CONFIG_ENDPOINT}`
      return answerDiscovery(call, serviceProviderConfig(offer, location))
    },
  })
  return [
    [SERVICE_PROVIDER_CONFIG_ENDPOINT, config],
    ...collectionEndpoints(baseUrl, "/ResourceTypes", types, (type, location) => resourceTypeResource(type, location)),
    ...collectionEndpoints(baseUrl, "/Schemas", schemas, (schema, location) => schemaResource(schema, location)),
  ]
}

/** A list of documents and each of them by its id, in any case. */
function collectionEndpoints<Item extends { readonly id: string }>(
  baseUrl: (call: Call) => string,
  path: string,
  items: readonly Item[],
  render: (item: Item, location: string) => JsonObject,
): readonly Endpoint[] {
  const toResource = (call: Call, item: Item): JsonObject => render(item, `${baseUrl(call)}${path}/${item.id}`)
  const list = endpoint({
    GET: (call) => {
      assertNoFilter(call)
      const texts = items.map((item) => versioned(toResource(call, item)).text)
      return answer(call, 200, renderList(texts, texts.length, { startIndex: 1 }))
    },
  })
  const one = endpoint({
    GET: (call) => {
      const id = call.id
      const item = items.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase())
      if (item === undefined) throw notFound(`${path} has no ${id}.`)
      return answerDiscovery(call, toResource(call, item))
    },
  })
  return [
    [path, list],
    [`${path}/:id`, one],
  ]
}

function answerDiscovery(call: Call, document: JsonObject): Answer {
  assertNoFilter(call)
  const { text, etag } = versioned(document)
  if (isNotModified(conditionsOf(call), etag)) return answerEmpty(304, { etag })
  return answer(call, 200, text, { etag })
}

/** The document with its version, which follows from what it says (RFC7644-3.14-01, RFC7643-3.1-18). */
function versioned(document: JsonObject): { readonly text: string; readonly etag: string } {
  const etag = `W/"${hash("sha256", JSON.stringify(document), "base64url").slice(0, 16)}"`
  const { meta = {} } = document
  return { text: JSON.stringify({ ...document, meta: { ...(isJsonObject(meta) && meta), version: etag } }), etag }
}

/** RFC7644-4-06: a filter here is refused, so that nobody takes the whole list for its result. */
function assertNoFilter(call: Call): void {
  if (parametersOf(call).has("filter")) {
    throw new ScimError(403, "Discovery endpoints cannot be filtered: leave the filter out.")
  }
}
