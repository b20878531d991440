import { defect } from "./defect.ts"
import { changeBody, routeOf, without } from "./rewriting.ts"

export const searchByPostUnfiltered = defect({
  name: "search-by-post-unfiltered",
  title: "POST /.search finds everybody, whatever its filter",
  seen: "a handler that reads its parameters from the query; RFC7644-3.4.3-04",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      routeOf(request).endsWith("/.search") ? await changeBody(request, (body) => without(body, "filter")) : request,
    ),
})
