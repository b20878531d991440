/** Answers to queries: at the endpoint of one resource type, or at the root over all of them (RFC 7644 §3.4.2, §3.4.3). */
import type { Guard } from "../auth/guard.ts"
import { Memo } from "../memo.ts"
import type { ResourceContext } from "../resource/context.ts"
import type { Addressing } from "../resource/filter/expressions.ts"
import { LookupReader } from "../resource/filter/lookup.ts"
import { runQuery } from "../resource/query.ts"
import type { RequestedAttributes } from "../resource/projection.ts"
import { createView, renderResource } from "../resource/render.ts"
import type { View } from "../resource/render.ts"
import type { ResourceShape } from "../resource/shape.ts"
import type { Reading } from "../store/resource-store.ts"
import { withBase } from "../resource/stored-form.ts"
import { readBody } from "./body.ts"
import type { Answer, Call } from "./call.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answer, parametersOf, renderList } from "./exchange.ts"
import { readQueryParameters, readSearchRequest } from "./search-parameters.ts"
import type { SearchParameters } from "./search-parameters.ts"

export interface SearchOptions {
  readonly resources: ResourceContext
  readonly addressing: (call: Call) => Addressing
  readonly guard: Guard
}

export interface SearchHandlers {
  /** Asks by the parameters of the URL. */
  readonly get: Handler
  /** The `.search` endpoint, which asks by a body. */
  readonly searching: Handler
}

/** How the resources of an answer are read and shown. */
interface Views {
  /** By resource type. */
  readonly views: ReadonlyMap<string, View>
  readonly reading: Reading
}

function createViews(shapes: readonly ResourceShape[], requested: RequestedAttributes): Views {
  const views = shapes.map((shape) => createView(shape, requested))
  return {
    views: new Map(views.map((view) => [view.shape.type.name, view])),
    reading: {
      withContainers: views.some((view) => view.withContainers),
      asDocuments: views.every((view) => view.asDocuments),
    },
  }
}

/** The handlers that query resources of those types. */
export function searchHandlers(
  shapes: readonly ResourceShape[],
  { resources, addressing }: SearchOptions,
): SearchHandlers {
  const everything = createViews(shapes, {})
  const known = new Memo<Views>(100)
  const viewsFor = (requested: RequestedAttributes): Views => {
    if (requested.attributes === undefined && requested.excludedAttributes === undefined) return everything
    return known.recall(JSON.stringify(requested), () => createViews(shapes, requested))
  }
  const { limits } = resources
  const [shape, ...others] = shapes
  const isOneType = shape !== undefined && others.length === 0
  const lookups = isOneType ? new LookupReader(shape, resources.tolerances, limits.maxFilterLength) : undefined
  const search = (call: Call, { query, requested }: SearchParameters): Answer => {
    const { views, reading } = viewsFor(requested)
    const rendering = { store: resources.store, addressing: addressing(call) }
    const asking = { addressing: rendering.addressing, reading, ...(lookups !== undefined && { lookups }) }
    const { rows, totalResults, nextCursor } = runQuery(resources, shapes, query, asking)
    const texts = rows.map((row) => {
      if (typeof row === "string") return withBase(row, rendering.addressing.base)
      const view = views.get(row[2])
      if (view === undefined) throw new Error(`${row[2]} was not asked for.`)
      return renderResource(rendering, view, row)
    })
    const place = query.cursor === undefined ? { startIndex: query.startIndex } : { nextCursor }
    return answer(call, 200, renderList(texts, totalResults, place))
  }
  return {
    get: (call) => search(call, readQueryParameters(parametersOf(call), limits)),
    searching: endpoint({
      POST: async (call) => search(call, readSearchRequest(await readBody(call, limits), limits)),
    }),
  }
}
