/**
 * Conditional requests (RFC 7644 §3.14, RFC 9110 §13). Tags are compared weakly for If-Match too: SCIM's own examples use
 * weak tags there, which the strong comparison of HTTP would never let match (C-36).
 */
import { ScimError } from "../scim-error.ts"
import type { Call } from "./call.ts"

/** The headers of a conditional request. Tags are as in the ETag header: `W/"7"`. */
export interface Conditions {
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** @throws ScimError 412 where a resource with that tag must not be written */
export function assertWritable({ ifMatch, ifNoneMatch }: Conditions, tag: string): void {
  if (ifMatch !== undefined && !includesTag(ifMatch, tag)) {
    throw new ScimError(412, "The resource has another version than If-Match says: read it again.")
  }
  if (ifNoneMatch !== undefined && includesTag(ifNoneMatch, tag)) {
    throw new ScimError(412, "The resource has the version that If-None-Match rules out.")
  }
}

/** Whether the client has this version already, so that 304 is the answer. @throws ScimError 412 where If-Match fails */
export function isNotModified({ ifMatch, ifNoneMatch }: Conditions, tag: string): boolean {
  assertWritable({ ifMatch, ifNoneMatch: undefined }, tag)
  return ifNoneMatch !== undefined && includesTag(ifNoneMatch, tag)
}

/** The conditions that a request sets. */
export function conditionsOf(call: Call): Conditions {
  return { ifMatch: call.header("if-match"), ifNoneMatch: call.header("if-none-match") }
}

function includesTag(header: string, current: string): boolean {
  if (header.trim() === "*") return true
  const wanted = opaque(current)
  return header.split(",").some((tag) => opaque(tag.trim()) === wanted)
}

function opaque(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag
}
