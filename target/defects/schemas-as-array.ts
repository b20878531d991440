import { defect } from "./defect.ts"
import { changeAnswer, listIn, routeOf } from "./rewriting.ts"

export const schemasAsArray = defect({
  name: "schemas-as-array",
  title: "/Schemas and /ResourceTypes are bare arrays",
  seen: "lists as the rest of the application returns them; RFC7644-4-02",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isList = /^GET \/(Schemas|ResourceTypes)$/.test(routeOf(request))
    return isList ? changeAnswer(answer, (body) => listIn(body, "Resources")) : answer
  },
})
