/** The endpoints of one resource type (RFC 7644 §3.2). */
import type { Context, Hono } from "hono"
import type { ResourceContext } from "../resource/context.ts"
import { mustFind } from "../resource/context.ts"
import type { Addressing } from "../resource/filter/expressions.ts"
import { createProjection } from "../resource/projection.ts"
import type { Projection } from "../resource/projection.ts"
import { runQuery } from "../resource/query.ts"
import { locationOf, renderResource, toEntityTag } from "../resource/render.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { createResource, modifyResource, removeResource, replaceResource } from "../resource/write.ts"
import type { WriteResult } from "../resource/write.ts"
import type { StoredResource } from "../store/resource-store.ts"
import { assertWritable, isNotModified } from "./conditional.ts"
import type { Conditions } from "./conditional.ts"
import { answer, answerEmpty, parametersOf, readBody, refuseMethod, renderList } from "./exchange.ts"
import { readQueryParameters, readRequestedAttributes, readSearchRequest } from "./search-parameters.ts"
import type { SearchParameters } from "./search-parameters.ts"

export interface ResourceRoutesOptions {
  readonly basePath: string
  readonly resources: ResourceContext
  readonly addressing: (context: Context) => Addressing
}

export function addResourceRoutes(app: Hono, shape: ResourceShape, options: ResourceRoutesOptions): void {
  const { basePath, resources, addressing } = options
  const collection = `${basePath}${shape.type.endpoint}`
  const resource = `${collection}/:id`

  const projectionOf = (context: Context): Projection =>
    createProjection(shape, readRequestedAttributes(parametersOf(context)))

  const search = (context: Context, { query, requested }: SearchParameters): Response => {
    const projection = createProjection(shape, requested)
    const rendering = { store: resources.store, addressing: addressing(context) }
    const { page, totalResults } = runQuery(resources, shape, query, rendering.addressing)
    const texts = page.map((stored) => renderResource(rendering, shape, stored, projection))
    return answer(context, 200, renderList(texts, totalResults, query.startIndex))
  }

  const answerResource = (
    context: Context,
    status: number,
    { stored, written }: Pick<WriteResult, "stored"> & Partial<WriteResult>,
    projection: Projection,
  ): Response => {
    const rendering = { store: resources.store, addressing: addressing(context) }
    const body = renderResource(rendering, shape, stored, projection, written)
    const location = locationOf(stored, rendering.addressing)
    return answer(context, status, body, { location, etag: toEntityTag(stored.version) })
  }

  app.get(collection, (context) => search(context, readQueryParameters(parametersOf(context))))
  app.post(`${collection}/.search`, async (context) => search(context, readSearchRequest(await readBody(context))))
  app.all(`${collection}/.search`, refuseMethod("POST"))

  app.post(collection, async (context) => {
    const projection = projectionOf(context)
    return answerResource(context, 201, createResource(resources, shape, await readBody(context)), projection)
  })
  app.all(collection, refuseMethod("GET", "HEAD", "POST"))

  app.get(resource, (context) => {
    const projection = projectionOf(context)
    const stored = mustFind(resources, shape, idOf(context))
    if (isNotModified(conditionsOf(context), stored.version)) {
      return answerEmpty(304, { etag: toEntityTag(stored.version) })
    }
    return answerResource(context, 200, { stored }, projection)
  })

  app.put(resource, async (context) => {
    const projection = projectionOf(context)
    const body = await readBody(context)
    const result = replaceResource(resources, shape, idOf(context), body, preconditionOf(context))
    return answerResource(context, 200, result, projection)
  })

  app.patch(resource, async (context) => {
    const projection = projectionOf(context)
    const result = modifyResource(resources, shape, idOf(context), await readBody(context), {
      precondition: preconditionOf(context),
      addressing: addressing(context),
    })
    // A group is not read back unless asked for: its members may be many, and 204 is what Entra advises (WIRE-101).
    if (hasMembers(shape) && projection.isDefault) {
      return answerEmpty(204, { etag: toEntityTag(result.stored.version) })
    }
    return answerResource(context, 200, result, projection)
  })

  app.delete(resource, (context) => {
    removeResource(resources, shape, idOf(context), preconditionOf(context))
    return answerEmpty(204)
  })
  app.all(resource, refuseMethod("GET", "HEAD", "PUT", "PATCH", "DELETE"))
}

function hasMembers(shape: ResourceShape): boolean {
  return shape.attributes.some(({ source }) => source === "members")
}

function idOf(context: Context): string {
  return context.req.param("id") ?? ""
}

function conditionsOf(context: Context): Conditions {
  return { ifMatch: context.req.header("if-match"), ifNoneMatch: context.req.header("if-none-match") }
}

function preconditionOf(context: Context): (current: StoredResource) => void {
  const conditions = conditionsOf(context)
  return ({ version }) => assertWritable(conditions, version)
}
