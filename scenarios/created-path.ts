/** Where an answer to a create says that the new resource is. Its body may be missing (RFC 7644 §3.3: SHOULD). */
import type { Json, JsonObject } from "./checks/context.ts"
import { isObject } from "./path-value.ts"

export interface CreateAnswer {
  readonly location: string | undefined
  /** The parsed body, if it is JSON. */
  readonly resource: Json | undefined
}

/** The path below the base URL: by the id of the answer, else by its Location; null where neither tells. */
export function createdPath(baseUrl: string, endpoint: string, answer: CreateAnswer): string | null {
  const byId = isObject(answer.resource) ? resourcePath(endpoint, answer.resource) : undefined
  if (byId !== undefined) return byId
  const location = URL.parse(answer.location ?? "", baseUrl)
  const byLocation = location === null ? undefined : pathUnder(baseUrl, location.href)
  return byLocation !== undefined && byLocation.startsWith(`${endpoint}/`) ? byLocation : null
}

/** `/Users/abc`, or undefined for what carries no id. */
export function resourcePath(endpoint: string, resource: JsonObject): string | undefined {
  const { id } = resource
  return typeof id === "string" && id !== "" ? `${endpoint}/${encodeURIComponent(id)}` : undefined
}

/** The path below the base URL without query, or undefined for anything outside. */
export function pathUnder(baseUrl: string, url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0] ?? url
  return path.startsWith(`${baseUrl}/`) ? path.slice(baseUrl.length) : undefined
}
