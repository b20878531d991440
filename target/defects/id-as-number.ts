import { defect } from "./defect.ts"
import { changeRequest, changeResources, idOf, textIn } from "./rewriting.ts"

export const idAsNumber = defect({
  name: "id-as-number",
  title: "Ids are returned as JSON numbers",
  seen: "the primary key of the table, as it is; WIRE-202 needs a text",
  level: "must",
  wrap(next) {
    const ids: string[] = []
    const toNumber = (id: string): number => {
      if (!ids.includes(id)) ids.push(id)
      return ids.indexOf(id) + 1
    }
    return async (request) => {
      const id = ids[Number(idOf(request)) - 1]
      const url = new URL(request.url)
      if (id !== undefined) url.pathname = url.pathname.replace(/[^/]+$/, id)
      const answer = await next(id === undefined ? request : await changeRequest(request, { url }))
      return changeResources(answer, (resource) => ({ ...resource, id: toNumber(textIn(resource, "id")) }))
    }
  },
})
