/** What a request of Entra's asks for, read off the wire by patterns of its own: neither the simulator nor the grammar is asked. */
import type { HttpRequest } from "../../protocol/index.ts"
import { parseJson } from "../answer.ts"
import type { Json, JsonObject } from "../checks/context.ts"
import { isArray, isObject, memberOf } from "../path-value.ts"
import { toSought, type Sought } from "../sought.ts"

export type Endpoint = "Users" | "Groups"

export type Question =
  | {
      readonly kind: "search"
      readonly endpoint: Endpoint
      /** Entra's filters compare one attribute (WIRE-046, documented); undefined where the filter is of another form. */
      readonly sought: Sought | undefined
      readonly withoutMembers: boolean
    }
  | { readonly kind: "read"; readonly endpoint: Endpoint; readonly id: string; readonly withoutMembers: boolean }
  | { readonly kind: "create"; readonly endpoint: Endpoint; readonly body: Json | undefined }
  | {
      readonly kind: "patch"
      readonly endpoint: Endpoint
      readonly id: string
      /** Paths, and the keys of the object where there is no path. */
      readonly targets: readonly string[]
      /** Whether it sets a manager to empty text. */
      readonly clearsManager: boolean
    }
  | { readonly kind: "delete"; readonly endpoint: Endpoint; readonly id: string }
  | { readonly kind: "other" }

/** Reads a request of the job. */
export function toQuestion(baseUrl: string, request: HttpRequest): Question {
  const url = URL.parse(request.url)
  const [, endpoint, id] = (url?.href.slice(baseUrl.length) ?? "").split(/[?#]/, 1)[0]?.split("/") ?? []
  if (url === null || (endpoint !== "Users" && endpoint !== "Groups")) return { kind: "other" }
  const withoutMembers = /(?:^|,)members(?:,|$)/i.test(url.searchParams.get("excludedAttributes") ?? "")
  if (id === undefined) {
    if (request.method === "GET") {
      return { kind: "search", endpoint, sought: toSought(url.searchParams.get("filter") ?? ""), withoutMembers }
    }
    return request.method === "POST"
      ? { kind: "create", endpoint, body: parseJson(request.body ?? "") }
      : { kind: "other" }
  }
  const decoded = decodeURIComponent(id)
  switch (request.method) {
    case "GET":
      return { kind: "read", endpoint, id: decoded, withoutMembers }
    case "PATCH": {
      const operations = operationsOf(parseJson(request.body ?? ""))
      return {
        kind: "patch",
        endpoint,
        id: decoded,
        targets: operations.flatMap(targetsOf),
        clearsManager: operations.some(({ path, value }) => value === "" && /[:.]manager$/i.test(textOf(path))),
      }
    }
    case "DELETE":
      return { kind: "delete", endpoint, id: decoded }
    default:
      return { kind: "other" }
  }
}

function operationsOf(body: Json | undefined): JsonObject[] {
  const operations = isObject(body) ? memberOf(body, "Operations") : undefined
  return isArray(operations) ? operations.filter((operation) => isObject(operation)) : []
}

/** What an operation writes to: its path, or the keys of the object where there is none. */
function targetsOf({ path, value }: JsonObject): string[] {
  if (typeof path === "string") return [path]
  return isObject(value) ? Object.keys(value) : []
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : ""
}
