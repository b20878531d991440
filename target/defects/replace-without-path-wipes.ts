import { GROUP_URN, USER_URN } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, routeOf } from "./rewriting.ts"

export const replaceWithoutPathWipes = defect({
  name: "replace-without-path-wipes",
  title: "A replace without a path replaces the whole resource",
  seen: "ssoready pull 206 for active, langwatch #7131: members lost on rename",
  level: "must",
  wrap: (next) => async (request) => {
    const isGroup = routeOf(request) === "PATCH /Groups/{id}"
    const [operation, ...others] = request.method === "PATCH" ? await operationsOf(request) : []
    const value = operation?.["value"]
    const isWhole = operation !== undefined && opOf(operation) === "replace" && pathOf(operation) === ""
    if (!isWhole || others.length > 0 || !isJsonObject(value)) return next(request)
    const path = `/${isGroup ? "Groups" : "Users"}/${idOf(request)}`
    const { userName, displayName } = await bodyOf(await ask(next, request, { path }))
    const kept = isGroup
      ? { schemas: [GROUP_URN], displayName: displayName ?? "" }
      : { schemas: [USER_URN], userName: userName ?? "" }
    return ask(next, request, { method: "PUT", path, body: { ...kept, ...value } })
  },
})
