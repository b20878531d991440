/**
 * A resource as attribute paths and values, as the end state compares them: attributes with one value, and the work e-mail
 * address. Telephone numbers and addresses are left out: endpoints are known to rewrite them, which is no loss.
 */
import type { EndValue } from "./plan.ts"
import { isRecord } from "./steps.ts"

const LEFT_OUT = new Set([
  "id",
  "meta",
  "schemas",
  "groups",
  "members",
  "password",
  "phoneNumbers",
  "addresses",
  "roles",
])

export type AttributeValues = Readonly<Record<string, EndValue>>

/** `name.givenName`, `urn:…:User:department`, `urn:…:User:manager.value`, `emails[type eq "work"].value`. */
export function attributeValues(resource: Readonly<Record<string, unknown>>): AttributeValues {
  const values: Record<string, EndValue> = {}
  for (const [name, value] of Object.entries(resource)) {
    if (LEFT_OUT.has(name)) continue
    if (isEndValue(value)) values[name] = value
    else if (name === "emails") addWorkAddress(values, value)
    else if (isRecord(value)) addInner(values, name, value)
  }
  return values
}

/** Sub-attributes, or the attributes of an extension. */
function addInner(values: Record<string, EndValue>, name: string, inner: Readonly<Record<string, unknown>>): void {
  const separator = name.startsWith("urn:") ? ":" : "."
  for (const [key, value] of Object.entries(inner)) {
    if (isEndValue(value)) values[`${name}${separator}${key}`] = value
    // Of a manager the id alone: reference and name are the endpoint's own business.
    else if (key === "manager" && isRecord(value) && isEndValue(value["value"])) {
      values[`${name}${separator}manager.value`] = value["value"]
    }
  }
}

function addWorkAddress(values: Record<string, EndValue>, emails: unknown): void {
  if (!Array.isArray(emails)) return
  const work = emails.filter(isRecord).find(({ type }) => String(type).toLowerCase() === "work")
  if (isEndValue(work?.["value"])) values['emails[type eq "work"].value'] = work["value"]
}

function isEndValue(value: unknown): value is EndValue {
  return typeof value === "string" || typeof value === "boolean" || typeof value === "number"
}
