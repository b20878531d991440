import { defect } from "./defect.ts"
import { changeAnswer, changeList, without } from "./rewriting.ts"

export const listEntriesWithoutSchemas = defect({
  name: "list-entries-without-schemas",
  title: "The entries of a list have no schemas",
  seen: "the RFC's own examples (erratum 8084, C-43)",
  level: "must",
  wrap: (next) => async (request) =>
    changeAnswer(await next(request), (body) =>
      changeList(body, "Resources", (resource) => without(resource, "schemas")),
    ),
})
