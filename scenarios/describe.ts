/** Says in a few words what was asked and what came, for findings that people read. */
import type { Answer, Json } from "./checks/context.ts"
import { isObject, memberOf, readPath } from "./path-value.ts"

/** Longer values are shown by their beginning: the exchange has the rest. */
const TEXT_LENGTH_MAX = 160

/** `GET /Users?filter=userName eq "x"`: readable, and without the part that is the same for every request. */
export function describeRequest(answer: Answer): string {
  if (answer.request === undefined) return "The endpoint"
  const { method, url } = answer.request
  return `${method} ${describeUrl(url)}`
}

/** Path from the resource endpoint on, with the query as a person would write it. */
export function describeUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return url
  const start = parsed.pathname.search(
    /\/(?:Users|Groups|ServiceProviderConfig|ResourceTypes|Schemas|Bulk|Me|\.search)\b/,
  )
  const query = [...parsed.searchParams].map(([name, value]) => `${name}=${value}`).join("&")
  return `${parsed.pathname.slice(Math.max(start, 0))}${query === "" ? "" : `?${query}`}`
}

/** `status 400, invalidFilter: "…"`; for anything but a SCIM error, media type and first words. */
export function describeAnswer(answer: Answer): string {
  const status = `status ${answer.status}`
  const detail = readPath(answer.json, "detail")
  if (typeof detail === "string") {
    const type = readPath(answer.json, "scimType")
    return `${status}${typeof type === "string" ? `, ${type}` : ""}: ${shorten(detail)}`
  }
  if (answer.text === "") return `${status} without a body`
  return `${status}: ${shorten(answer.text)}`
}

/** JSON, cut to what a line holds. */
export function toText(value: Json | undefined): string {
  return shorten(JSON.stringify(value) ?? "nothing")
}

/** `200 or 204`. */
export function listWords(items: readonly (string | number)[]): string {
  return items.join(" or ")
}

/** The kind of fault that a status names by itself, whatever was asked; undefined where it says nothing of the kind. */
export function statusKind(status: number): string | undefined {
  if (status >= 500 && status !== 501) return "server-error"
  if (status >= 300 && status < 400) return "redirected"
  return STATUS_KINDS[status]
}

const STATUS_KINDS: Readonly<Record<number, string>> = {
  401: "credentials-refused",
  403: "credentials-refused",
  405: "method-not-supported",
  406: "media-type-refused",
  415: "media-type-refused",
  429: "throttled",
  501: "method-not-supported",
}

/** The attribute that names a resource to people, with its value: `userName "ada@…"`. */
export function describeResource(body: unknown): string {
  if (!isObject(body)) return ""
  for (const name of ["userName", "displayName"]) {
    const value = memberOf(body, name)
    if (typeof value === "string") return `${name} "${value}"`
  }
  return ""
}

export function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim()
  return line.length <= TEXT_LENGTH_MAX ? line : `${line.slice(0, TEXT_LENGTH_MAX)}…`
}
