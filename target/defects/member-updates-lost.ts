import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, objectsIn, routeOf, without } from "./rewriting.ts"

export const memberUpdatesLost = defect({
  name: "member-updates-lost",
  title: "Of members added at the same time only the last one stays",
  seen: "scim-for-keycloak #90, Infisical #6471: the list is read, changed and written back without a lock",
  level: "entra",
  // Additions without another request between them count as simultaneous: each reads before any of them has written.
  wrap(next) {
    const writes: (() => Promise<Response>)[] = []
    return async (request) => {
      const operations = routeOf(request) === "PATCH /Groups/{id}" ? await operationsOf(request) : []
      if (operations.length === 0 || !operations.every(addsMembers)) {
        for (const write of writes.splice(0)) await write()
        return next(request)
      }
      const path = `/Groups/${idOf(request)}`
      const read = await ask(next, request, { path })
      if (!read.ok) return read
      const group = await bodyOf(read)
      const added = operations.flatMap((operation) => objectsIn(operation, "value"))
      const members = [...objectsIn(group, "members"), ...added].map(({ value }) => ({ value: value ?? null }))
      const body = { ...without(group, "id", "meta"), members }
      writes.push(() => ask(next, request, { method: "PUT", path, body }))
      return new Response(null, { status: 204 })
    }
  },
})

function addsMembers(operation: JsonObject): boolean {
  return opOf(operation) === "add" && pathOf(operation) === "members"
}
