import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { ask, bodyOf, changeResources, idOf, objectsIn, routeOf, textIn } from "./rewriting.ts"

export const deletedMemberStays = defect({
  name: "deleted-member-stays",
  title: "A deleted user stays in the members of the groups",
  seen: "known cause E5 of scim-sanity (member integrity); C-53",
  level: "should",
  wrap(next) {
    const ghosts = new Map<string, JsonObject[]>()
    return async (request) => {
      if (routeOf(request) === "DELETE /Users/{id}") {
        const value = idOf(request)
        const filter = encodeURIComponent(`members.value eq ${JSON.stringify(value)}`)
        const groups = await bodyOf(await ask(next, request, { path: `/Groups?filter=${filter}` }))
        for (const group of objectsIn(groups, "Resources")) {
          const id = textIn(group, "id")
          ghosts.set(id, [...(ghosts.get(id) ?? []), { value, type: "User" }])
        }
      }
      return changeResources(await next(request), (resource) => {
        const members = ghosts.get(textIn(resource, "id"))
        return members === undefined
          ? resource
          : { ...resource, members: [...objectsIn(resource, "members"), ...members] }
      })
    }
  },
})
