import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { changeResources, idOf, objectsIn, routeOf, textIn } from "./rewriting.ts"

export const membersDoubled = defect({
  name: "members-doubled",
  title: "Adding somebody who is a member already makes the member appear twice",
  seen: "a list that is appended to; Microsoft's own library removes doubles (WIRE-172)",
  level: "should",
  wrap(next) {
    const added = new Map<string, number>()
    return async (request) => {
      if (routeOf(request) === "PATCH /Groups/{id}") {
        const additions = (await operationsOf(request))
          .filter((operation) => opOf(operation) === "add" && pathOf(operation) === "members")
          .flatMap((operation) => objectsIn(operation, "value"))
        for (const addition of additions) {
          const key = `${idOf(request)} ${textIn(addition, "value")}`
          added.set(key, (added.get(key) ?? 0) + 1)
        }
      }
      return changeResources(await next(request), (group) => {
        const doubled = objectsIn(group, "members").filter(
          (member) => (added.get(`${textIn(group, "id")} ${textIn(member, "value")}`) ?? 0) > 1,
        )
        return doubled.length === 0 ? group : { ...group, members: [...objectsIn(group, "members"), ...doubled] }
      })
    }
  },
})
