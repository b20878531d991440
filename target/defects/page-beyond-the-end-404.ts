import { defect } from "./defect.ts"
import { bodyOf, listIn, parametersOf, refuse } from "./rewriting.ts"

export const pageBeyondTheEnd404 = defect({
  name: "page-beyond-the-end-404",
  title: "A page beyond the end is answered with 404",
  seen: "paging libraries that know no empty page; RFC7644-3.4.2.4-08",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isLater = Number(parametersOf(request).get("startIndex") ?? 1) > 1
    const isEmpty = isLater && listIn(await bodyOf(answer), "Resources").length === 0
    return isEmpty ? refuse(404, "That page does not exist.") : answer
  },
})
