/** For defects that overlook a part of a PATCH and report success all the same. */
import type { JsonObject } from "../json.ts"
import type { FetchHandler } from "./defect.ts"
import { operationsOf, withOperations } from "./patch-changes.ts"

/** Handles every PATCH as if only what `keep` gives of its operations were there; undefined drops one. */
export function ignoreOperations(
  next: FetchHandler,
  keep: (operation: JsonObject) => JsonObject | undefined,
): FetchHandler {
  return async (request) => {
    if (request.method !== "PATCH") return next(request)
    const operations = await operationsOf(request)
    const kept = operations.map(keep).filter((operation) => operation !== undefined)
    if (kept.length === 0 && operations.length > 0) return new Response(null, { status: 204 })
    return next(await withOperations(request, kept))
  }
}
