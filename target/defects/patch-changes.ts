/** For defects that get PATCH wrong: a request with other operations than the client sent. */
import type { JsonObject } from "../json.ts"
import { bodyOf, changeRequest, objectsIn } from "./rewriting.ts"

export async function operationsOf(request: Request): Promise<readonly JsonObject[]> {
  return objectsIn(await bodyOf(request), "Operations")
}

/** The request with other operations. */
export async function withOperations(request: Request, operations: readonly JsonObject[]): Promise<Request> {
  return changeRequest(request, { body: { ...(await bodyOf(request)), Operations: operations } })
}

/** The request with one or more operations, or none, in place of each; as it is where it is no PATCH. */
export async function changeOperations(
  request: Request,
  change: (operation: JsonObject) => JsonObject | readonly JsonObject[],
): Promise<Request> {
  return request.method === "PATCH" ? withOperations(request, (await operationsOf(request)).flatMap(change)) : request
}

/** add, replace or remove, in lower case. */
export function opOf(operation: JsonObject): string {
  const op = operation["op"]
  return typeof op === "string" ? op.toLowerCase() : ""
}

/** The path as text; empty where there is none. */
export function pathOf(operation: JsonObject): string {
  const path = operation["path"]
  return typeof path === "string" ? path : ""
}
