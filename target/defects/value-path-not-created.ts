import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, objectsIn, refuse, routeOf } from "./rewriting.ts"

const BY_TYPE = /^(?<list>\w+)\[type eq "(?<type>\w+)"\]/

export const valuePathNotCreated = defect({
  name: "value-path-not-created",
  title: "A path that selects an entry which is not there is answered with noTarget",
  seen: "sourcegraph pull 49200, ssoready #249, SCIM-SDK #416; legal by RFC 7644 §3.5.2.3, fatal with Entra (RES-02)",
  level: "entra",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Users/{id}") return next(request)
    const user = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
    const isMissing = (await operationsOf(request)).some((operation) => {
      const { list, type } = BY_TYPE.exec(pathOf(operation))?.groups ?? {}
      if (list === undefined) return false
      return !objectsIn(user, list).some((entry) => isJsonObject(entry) && entry["type"] === type)
    })
    return isMissing ? refuse(400, "The path selects nothing.", "noTarget") : next(request)
  },
})
