import { defect } from "./defect.ts"
import { bodyOf, changeRequest, idOf, routeOf, textIn, withHeaders, withText } from "./rewriting.ts"

export const clientIdAdopted = defect({
  name: "client-id-adopted",
  title: "The id that a client sends with a create becomes the user's id",
  seen: "a requirement of its own in scim2/test-suite (client_id_ignored); RFC7643-3.1-05",
  level: "must",
  wrap(next) {
    const truth = new Map<string, string>()
    const disguise = async (answer: Response): Promise<Response> => {
      let text = await answer.clone().text()
      let location = answer.headers.get("location")
      for (const [adopted, id] of truth) {
        text = text.replaceAll(id, adopted)
        location = location?.replaceAll(id, adopted) ?? null
      }
      return text === "" ? answer : withHeaders(withText(answer, text), { location })
    }
    return async (request) => {
      const wish = (await bodyOf(request))["id"]
      const isCreate = routeOf(request) === "POST /Users" && typeof wish === "string"
      const id = truth.get(idOf(request))
      const url = id === undefined ? new URL(request.url) : new URL(request.url.replace(idOf(request), id))
      const answer = await next(await changeRequest(request, { url }))
      if (isCreate && answer.ok) truth.set(wish, textIn(await bodyOf(answer), "id"))
      return disguise(answer)
    }
  },
})
