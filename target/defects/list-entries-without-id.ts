import { defect } from "./defect.ts"
import { changeAnswer, changeList, without } from "./rewriting.ts"

export const listEntriesWithoutId = defect({
  name: "list-entries-without-id",
  title: "The entries of a list have no id",
  seen: "lists made of fewer columns than single users; WIRE-202: without the id nothing can be linked",
  level: "must",
  wrap: (next) => async (request) =>
    changeAnswer(await next(request), (body) => changeList(body, "Resources", (resource) => without(resource, "id"))),
})
