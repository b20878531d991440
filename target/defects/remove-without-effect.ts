import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf, withOperations } from "./patch-changes.ts"

export const removeWithoutEffect = defect({
  name: "remove-without-effect",
  title: "remove of a plain attribute succeeds and does nothing",
  seen: "updates that skip what is undefined; scim2-tester tries it for every attribute",
  level: "must",
  wrap: (next) => async (request) => {
    if (request.method !== "PATCH") return next(request)
    const operations = await operationsOf(request)
    const isPlain = (path: string): boolean => /^\w+$/.test(path) && path !== "members"
    const kept = operations.filter((operation) => opOf(operation) !== "remove" || !isPlain(pathOf(operation)))
    if (kept.length === 0) return new Response(null, { status: 204 })
    return next(await withOperations(request, kept))
  },
})
