/** The endpoints of one resource type (RFC 7644 §3.2). */
import type { Context } from "hono"
import { missingResource } from "../resource/context.ts"
import { createView, locationOf, renderResource } from "../resource/render.ts"
import type { RenderContext, View } from "../resource/render.ts"
import { enqueueWrite } from "../resource/secrets.ts"
import { hasMembers } from "../resource/shape.ts"
import type { AttributeShape, ResourceShape } from "../resource/shape.ts"
import { toEntityTag, versionOf } from "../resource/stored-form.ts"
import { createResource, modifyResource, removeResource, replaceResource } from "../resource/write.ts"
import type { WriteResult } from "../resource/write.ts"
import type { ShownResource, StoredResource } from "../store/resource-store.ts"
import { readBody } from "./body.ts"
import { assertWritable, isNotModified } from "./conditional.ts"
import type { Conditions } from "./conditional.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answer, answerEmpty, parametersOf } from "./exchange.ts"
import { searchHandlers } from "./search.ts"
import type { SearchOptions } from "./search.ts"
import { readRequestedAttributes } from "./search-parameters.ts"

/** A resource that was read to be shown. */
interface Shown {
  readonly id: string
  readonly resource: ShownResource
  readonly view: View
  readonly written?: ReadonlySet<AttributeShape>
}

/** Stands where an id could. */
const SEARCH = ".search"

/** Paths below the base path, with what they do. */
export function resourceEndpoints(
  shape: ResourceShape,
  options: SearchOptions,
): readonly (readonly [path: string, handler: Handler])[] {
  const { resources, addressing } = options
  const { store, limits } = resources
  const search = searchHandlers([shape], options)
  const { name: type, endpoint: collection } = shape.type
  const everything = createView(shape, {})

  const renderingFor = (context: Context): RenderContext => {
    return { store, addressing: addressing(context), groupTexts: new Map() }
  }

  const viewOf = (context: Context): View => {
    const parameters = parametersOf(context)
    return parameters.size === 0 ? everything : createView(shape, readRequestedAttributes(parameters))
  }

  const answerResource = (context: Context, status: number, { id, resource, view, written }: Shown): Response => {
    const rendering = renderingFor(context)
    const headers = {
      location: locationOf({ type, id }, rendering.addressing),
      etag: toEntityTag(shownVersion(resource)),
    }
    return answer(context, status, renderResource(rendering, view, resource, written), headers)
  }

  const answerWritten = (context: Context, status: number, { stored, written }: WriteResult, view: View): Response => {
    const { id, seq } = stored
    return answerResource(context, status, { id, resource: store.showAt(seq, view), view, written })
  }

  /** Nobody has put it into a group yet. */
  const answerCreated = (context: Context, { stored, written }: WriteResult, view: View): Response => {
    const { id, seq, document, manager } = stored
    const resource = view.asDocuments && manager === null ? document : store.showAt(seq, view)
    return answerResource(context, 201, { id, resource, view, written })
  }

  const members = endpoint({
    GET: (context) => {
      const view = viewOf(context)
      const id = idOf(context)
      const resource = store.show(type, id, view)
      if (resource === undefined) throw missingResource(shape, id)
      const conditions = conditionsOf(context)
      const version = shownVersion(resource)
      if (isNotModified(conditions, version)) return answerEmpty(304, { etag: toEntityTag(version) })
      return answerResource(context, 200, { id, resource, view })
    },
    PUT: async (context) => {
      const view = viewOf(context)
      const body = await readBody(context, limits)
      return enqueueWrite(resources, (writing) => {
        const result = replaceResource(writing, shape, idOf(context), body, preconditionOf(context))
        return answerWritten(context, 200, result, view)
      })
    },
    PATCH: async (context) => {
      const view = viewOf(context)
      const body = await readBody(context, limits)
      return enqueueWrite(resources, (writing) => {
        const precondition = preconditionOf(context)
        const options = { precondition, addressing: addressing(context) }
        const result = modifyResource(writing, shape, idOf(context), body, options)
        // A group is not read back unless asked for: its members may be many, and 204 is what Entra advises (WIRE-101).
        if (hasMembers(shape) && view.projection.isDefault) {
          return answerEmpty(204, { etag: toEntityTag(result.stored.version) })
        }
        return answerWritten(context, 200, result, view)
      })
    },
    DELETE: (context) =>
      store.enqueue(() => {
        removeResource(resources, shape, idOf(context), preconditionOf(context))
        return answerEmpty(204)
      }),
  })

  return [
    [
      collection,
      endpoint({
        GET: search.get,
        POST: async (context) => {
          const view = viewOf(context)
          const body = await readBody(context, limits)
          return enqueueWrite(resources, (writing) => {
            return answerCreated(context, createResource(writing, shape, body), view)
          })
        },
      }),
    ],
    [`${collection}/:id`, (context) => (idOf(context) === SEARCH ? search.searching : members)(context)],
  ]
}

function shownVersion(resource: ShownResource): number {
  return typeof resource === "string" ? versionOf(resource) : resource[3]
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
