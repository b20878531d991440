/**
 * Conditional requests (RFC 7644 §3.14, RFC 9110 §13). Tags are compared weakly for If-Match too: SCIM's own examples use
 * weak tags there, which the strong comparison of HTTP would never let match (C-36).
 */
import { toEntityTag } from "../resource/stored-form.ts"
import { ScimError } from "../scim-error.ts"

/** The headers of a conditional request. */
export interface Conditions {
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** @throws ScimError 412 where a resource of that version must not be written */
export function assertWritable({ ifMatch, ifNoneMatch }: Conditions, version: number): void {
  if (ifMatch !== undefined && !includesTag(ifMatch, version)) {
    throw new ScimError(412, "The resource has another version than If-Match says: read it again.")
  }
  if (ifNoneMatch !== undefined && includesTag(ifNoneMatch, version)) {
    throw new ScimError(412, "The resource has the version that If-None-Match rules out.")
  }
}

/** Whether the client has this version already, so that 304 is the answer. @throws ScimError 412 where If-Match fails */
export function isNotModified({ ifMatch, ifNoneMatch }: Conditions, version: number): boolean {
  assertWritable({ ifMatch, ifNoneMatch: undefined }, version)
  return ifNoneMatch !== undefined && includesTag(ifNoneMatch, version)
}

function includesTag(header: string, version: number): boolean {
  if (header.trim() === "*") return true
  const current = opaque(toEntityTag(version))
  return header.split(",").some((tag) => opaque(tag.trim()) === current)
}

function opaque(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag
}
