import { defect } from "./defect.ts"
import type { FetchHandler } from "./defect.ts"
import { ask, bodyOf, changeRequest, idOf, objectsIn, routeOf, withHeaders, withText } from "./rewriting.ts"

export const idFollowsUserName = defect({
  name: "id-follows-user-name",
  title: "The id of a user is made from the userName, and changes with it",
  seen: "servers whose key is the login; WIRE-202 wants an id that stays",
  level: "must",
  wrap(next) {
    const slugs = new Map<string, string>()
    const learn: FetchHandler = async (request) => {
      const answer = await next(request)
      const body = await bodyOf(answer)
      for (const { id, userName } of [body, ...objectsIn(body, "Resources")]) {
        if (typeof id === "string" && typeof userName === "string") slugs.set(id, toSlug(userName))
      }
      return answer
    }
    const disguise = async (answer: Response): Promise<Response> => {
      let text = await answer.clone().text()
      let location = answer.headers.get("location")
      for (const [id, slug] of slugs) {
        text = text.replaceAll(id, slug)
        location = location?.replaceAll(id, slug) ?? null
      }
      return text === "" ? answer : withHeaders(withText(answer, text), { location })
    }
    return async (request) => {
      const id = [...slugs].find(([, slug]) => slug === idOf(request))?.[0]
      const url = new URL(id === undefined ? request.url : request.url.replace(idOf(request), id))
      const answer = await learn(await changeRequest(request, { url }))
      if (routeOf(request) === "PATCH /Users/{id}") await ask(learn, request, { path: `/Users/${id ?? ""}` })
      return disguise(answer)
    }
  },
})

function toSlug(userName: string): string {
  return userName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
}
