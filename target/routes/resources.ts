/** The endpoints of one resource type (RFC 7644 §3.2). */
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
import type { Answer, Call } from "./call.ts"
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

/**
 * /Me (RFC 7644 §3.11): the User that the token was made for, answered as at its own URL, which Location names
 * (RFC7644-3.11-02). There is none for a token that stands for a client: 501 (RFC7644-3.11-03).
 */
export function meEndpoint(guard: Guard, users: Handler): Handler {
  return (call) => {
    const subject = guard.subjectOf(call)
    if (subject === undefined) throw new ScimError(501, "This token belongs to no user, so there is no /Me for it.")
    call.id = subject
    return users(call)
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

  const renderingFor = (call: Call): RenderContext => {
    return { store, addressing: addressing(call) }
  }

  const viewOf = (call: Call): View => {
    const parameters = parametersOf(call)
    return parameters.size === 0 ? everything : createView(shape, readRequestedAttributes(parameters))
  }

  const answerResource = (call: Call, status: number, { id, resource, view, written }: Shown): Answer => {
    const rendering = renderingFor(call)
    const headers = {
      location: locationOf({ type, id }, rendering.addressing),
      etag: toEntityTag(shownVersion(resource)),
    }
    return answer(call, status, renderResource(rendering, view, resource, written), headers)
  }

  /** What was just written need not be read again, where nothing around it is part of the answer. */
  const answerWritten = (call: Call, status: number, { stored, written }: WriteResult, view: View): Answer => {
    const { id, seq, document, manager } = stored
    const isAll = view.asDocuments && manager === null && !(view.withContainers && store.isMember(seq))
    return answerResource(call, status, { id, resource: isAll ? document : store.showAt(seq, view), view, written })
  }

  // A write that changes nothing leaves nothing: it needs no commit, and Entra sends many of them.
  const recordWrite = (call: Call, id: string, status: number): void => {
    guard.written(call, call.method, `${collection.slice(1)}/${id}`, status)
  }

  const members = endpoint({
    GET: (call) => {
      const view = viewOf(call)
      const id = call.id
      const resource = store.show(type, id, view)
      if (resource === undefined) throw missingResource(shape, id)
      const etag = toEntityTag(shownVersion(resource))
      if (isNotModified(conditionsOf(call), etag)) return answerEmpty(304, { etag })
      return answerResource(call, 200, { id, resource, view })
    },
    PUT: async (call) => {
      const view = viewOf(call)
      const body = await readBody(call, limits)
      return enqueueWrite(resources, (writing) => {
        const result = replaceResource(writing, shape, call.id, body, preconditionOf(call))
        if (result.isChanged) recordWrite(call, result.stored.id, 200)
        return answerWritten(call, 200, result, view)
      })
    },
    PATCH: async (call) => {
      const view = viewOf(call)
      const body = await readBody(call, limits)
      return enqueueWrite(resources, (writing) => {
        const precondition = preconditionOf(call)
        const options = { precondition, addressing: addressing(call) }
        const result = modifyResource(writing, shape, call.id, body, options)
        // A group is not read back unless asked for: its members may be many, and 204 is what Entra advises (WIRE-101).
        const isSilent = hasMembers(shape) && view.projection.isDefault
        if (result.isChanged) recordWrite(call, result.stored.id, isSilent ? 204 : 200)
        if (isSilent) {
          return answerEmpty(204, { etag: toEntityTag(result.stored.version) })
        }
        return answerWritten(call, 200, result, view)
      })
    },
    DELETE: (call) =>
      store.enqueue(() => {
        removeResource(resources, shape, call.id, preconditionOf(call))
        recordWrite(call, call.id, 204)
        return answerEmpty(204)
      }),
  })

  return [
    [
      collection,
      endpoint({
        GET: search.get,
        POST: async (call) => {
          const view = viewOf(call)
          const body = await readBody(call, limits)
          return enqueueWrite(resources, (writing) => {
            const result = createResource(writing, shape, body)
            recordWrite(call, result.stored.id, 201)
            return answerWritten(call, 201, result, view)
          })
        },
      }),
    ],
    [`${collection}/:id`, (call) => (call.id === SEARCH ? search.searching : members)(call)],
  ]
}

function shownVersion(resource: ShownResource): number {
  return typeof resource === "string" ? versionOf(resource) : resource[3]
}

function preconditionOf(call: Call): (current: StoredResource) => void {
  const conditions = conditionsOf(call)
  return ({ version }) => assertWritable(conditions, toEntityTag(version))
}
