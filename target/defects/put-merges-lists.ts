import { defect } from "./defect.ts"
import { ask, changeBody, bodyOf, idOf, listIn, routeOf } from "./rewriting.ts"

export const putMergesLists = defect({
  name: "put-merges-lists",
  title: "PUT adds to lists instead of replacing them",
  seen: "objects merged into stored ones; RFC7644-3.5.1-01",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PUT /Users/{id}") return next(request)
    const stored = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
    return next(
      await changeBody(request, (body) => ({
        ...body,
        emails: [...listIn(stored, "emails"), ...listIn(body, "emails")],
      })),
    )
  },
})
