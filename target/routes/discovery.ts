/** The discovery endpoints (RFC 7644 §4): read-only, without filter; sorting and paging are ignored. */
import type { Context, Hono } from "hono"
import type { ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import { resourceTypeResource, schemaResource, serviceProviderConfig } from "../discovery/documents.ts"
import type { Offer } from "../discovery/documents.ts"
import type { JsonObject } from "../json.ts"
import { notFound, ScimError } from "../scim-error.ts"
import { answer, parametersOf, refuseMethod, renderList } from "./exchange.ts"

export const SERVICE_PROVIDER_CONFIG_ENDPOINT = "/ServiceProviderConfig"

export interface DiscoveryOptions {
  readonly basePath: string
  /** The base URL as the client of this request sees it. */
  readonly baseUrl: (context: Context) => string
  readonly offer: Offer
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
}

export function addDiscoveryRoutes(app: Hono, options: DiscoveryOptions): void {
  const { basePath, baseUrl, offer, types, schemas } = options
  const config = `${basePath}${SERVICE_PROVIDER_CONFIG_ENDPOINT}`
  app.get(config, (context) => {
    const location = `${baseUrl(context)}${SERVICE_PROVIDER_CONFIG_ENDPOINT}`
    return answerDiscovery(context, serviceProviderConfig(offer, location))
  })
  app.all(config, refuseMethod("GET", "HEAD"))
  addCollection(app, options, "/ResourceTypes", types, (type, location) => resourceTypeResource(type, location))
  addCollection(app, options, "/Schemas", schemas, (schema, location) => schemaResource(schema, location))
}

/** A list of documents and each of them by its id, in any case. */
function addCollection<Item extends { readonly id: string }>(
  app: Hono,
  { basePath, baseUrl }: DiscoveryOptions,
  endpoint: string,
  items: readonly Item[],
  render: (item: Item, location: string) => JsonObject,
): void {
  const toResource = (context: Context, item: Item): JsonObject =>
    render(item, `${baseUrl(context)}${endpoint}/${item.id}`)

  app.get(`${basePath}${endpoint}`, (context) => {
    assertNoFilter(context)
    const texts = items.map((item) => JSON.stringify(toResource(context, item)))
    return answer(context, 200, renderList(texts, texts.length, 1))
  })
  app.get(`${basePath}${endpoint}/:id`, (context) => {
    const id = context.req.param("id")
    const item = items.find((one) => one.id.toLowerCase() === id.toLowerCase())
    if (item === undefined) throw notFound(`${endpoint} has no ${id}.`)
    return answerDiscovery(context, toResource(context, item))
  })
  app.all(`${basePath}${endpoint}`, refuseMethod("GET", "HEAD"))
  app.all(`${basePath}${endpoint}/:id`, refuseMethod("GET", "HEAD"))
}

function answerDiscovery(context: Context, document: JsonObject): Response {
  assertNoFilter(context)
  return answer(context, 200, JSON.stringify(document))
}

/** RFC7644-4-06: a filter here is refused, so that nobody takes the whole list for its result. */
function assertNoFilter(context: Context): void {
  if (parametersOf(context).has("filter")) {
    throw new ScimError(403, "Discovery endpoints cannot be filtered: leave the filter out.")
  }
}
