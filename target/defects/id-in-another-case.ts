import { defect } from "./defect.ts"
import { changeResources, routeOf, textIn } from "./rewriting.ts"

export const idInAnotherCase = defect({
  name: "id-in-another-case",
  title: "Searches write the id in capitals, everything else in small letters",
  seen: "GUIDs read from SQL Server in one place and from the application in another; RFC7643-3.1-07: ids are caseExact",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (!/^GET \/(Users|Groups)$/.test(routeOf(request))) return answer
    return changeResources(answer, (resource) => ({ ...resource, id: textIn(resource, "id").toUpperCase() }))
  },
})
