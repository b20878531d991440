import { defect } from "./defect.ts"
import { changeBody, routeOf } from "./rewriting.ts"

export const nullStoredAsText = defect({
  name: "null-stored-as-text",
  title: 'null for a text attribute is stored as the text "null"',
  seen: "templates and string conversion on the way to the database; RFC7643-2.5-01",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "POST /Users") return next(request)
    return next(await changeBody(request, (body) => (body["nickName"] === null ? { ...body, nickName: "null" } : body)))
  },
})
