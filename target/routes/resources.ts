/** The endpoints of one resource type (RFC 7644 §3.2). */
import type { Context } from "hono"
import { missingResource } from "../resource/context.ts"
import { createView, locationOf, renderResource } from "../resource/render.ts"
import type { RenderContext, View } from "../resource/render.ts"
import { enqueueWrite } from "../resource/secrets.ts"
import { ScimError } from "../scim-error.ts"
import type { Guard } from "../auth/guard.ts"
import { hasMembers } from "../resource/shape.ts"
import type { AttributeShape, ResourceShape } from "../resource/shape.ts"
import { toEntityTag, versionOf } from "../resource/stored-form.ts"
import { createResource, modifyResource, removeResource, replaceResource } from "../resource/write.ts"
import type { WriteResult } from "../resource/write.ts"
import type { ShownResource, StoredResource } from "../store/resource-store.ts"
import { readBody } from "./body.ts"
import { assertWritable, conditionsOf, isNotModified } from "./conditional.ts"
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

/** Under this name Hono keeps the id of whom /Me stands for. */
const SUBJECT = "subject"

/**
 * /Me (RFC 7644 §3.11): the User that the token was made for, answered as at its own URL, which Location names
 * (RFC7644-3.11-02). There is none for a token that stands for a client: 501 (RFC7644-3.11-03).
 */
export function meEndpoint(guard: Guard, users: Handler): Handler {
  return (context) => {
    const subject = guard.subjectOf(context)
    if (subject === undefined) throw new ScimError(501, "This token belongs to no user, so there is no /Me for it.")
    context.set(SUBJECT, subject)
    return users(context)
  }
}

/** Paths below the base path, with what they do. */
export function resourceEndpoints(
  shape: ResourceShape,
  options: SearchOptions,
): readonly (readonly [path: string, handler: Handler])[] {
  const { resources, addressing, guard } = options
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

  // A write that changes nothing leaves nothing: it needs no commit, and Entra sends many of them.
  const recordWrite = (context: Context, id: string, status: number): void => {
    guard.written(context, context.req.method, `${collection.slice(1)}/${id}`, status)
  }

  const members = endpoint({
    GET: (context) => {
      const view = viewOf(context)
      const id = idOf(context)
      const resource = store.show(type, id, view)
      if (resource === undefined) throw missingResource(shape, id)
      const etag = toEntityTag(shownVersion(resource))
      if (isNotModified(conditionsOf(context), etag)) return answerEmpty(304, { etag })
      return answerResource(context, 200, { id, resource, view })
    },
    PUT: async (context) => {
      const view = viewOf(context)
      const body = await readBody(context, limits)
      return enqueueWrite(resources, (writing) => {
        const result = replaceResource(writing, shape, idOf(context), body, preconditionOf(context))
        if (result.isChanged) recordWrite(context, result.stored.id, 200)
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
        const isSilent = hasMembers(shape) && view.projection.isDefault
        if (result.isChanged) recordWrite(context, result.stored.id, isSilent ? 204 : 200)
        if (isSilent) {
          return answerEmpty(204, { etag: toEntityTag(result.stored.version) })
        }
        return answerWritten(context, 200, result, view)
      })
    },
    DELETE: (context) =>
      store.enqueue(() => {
        removeResource(resources, shape, idOf(context), preconditionOf(context))
        recordWrite(context, idOf(context), 204)
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
            const result = createResource(writing, shape, body)
            recordWrite(context, result.stored.id, 201)
            return answerCreated(context, result, view)
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

/** The id in the path, or that of whom /Me stands for. */
function idOf(context: Context): string {
  const subject: string | undefined = context.get(SUBJECT)
  return subject ?? context.req.param("id") ?? ""
}

function preconditionOf(context: Context): (current: StoredResource) => void {
  const conditions = conditionsOf(context)
  return ({ version }) => assertWritable(conditions, toEntityTag(version))
}
