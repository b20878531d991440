import { isJsonArray } from "../json.ts"
import { defect } from "./defect.ts"
import { changeAnswer, routeOf } from "./rewriting.ts"

export const listAsArray = defect({
  name: "list-as-array",
  title: "Searches are answered with a bare array of users",
  seen: "lists as the rest of the application returns them; WIRE-061 counts it among the failing answers to the probe",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isSearch = /^GET \/(Users|Groups)$/.test(routeOf(request))
    return isSearch
      ? changeAnswer(answer, (body) => (isJsonArray(body["Resources"]) ? body["Resources"] : body))
      : answer
  },
})
