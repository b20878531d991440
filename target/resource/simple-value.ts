/** Values of simple type, checked by their JSON type and form (RFC 7643 §2.3). */
import { jsonTypeOf } from "../json.ts"
import type { JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import type { Tolerances } from "../tolerances.ts"
import { parseDateTime } from "./date-time.ts"
import type { AttributeShape } from "./shape.ts"
import { comparable } from "./text.ts"

/** What RFC 3986 lets a URI consist of; a percent sign begins an escape. */
const URI_REFERENCE = /^(?:[^\s\p{Cc}"<>\\^`{|}%]|%[0-9A-Fa-f]{2})*$/u
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/

/**
 * One value of a simple attribute, as it is stored.
 *
 * @throws ScimError 400 invalidValue where it has another type or form.
 */
export function readSimpleValue(attribute: AttributeShape, value: JsonValue, tolerances: Tolerances): JsonValue {
  switch (attribute.definition.type) {
    case "boolean":
      return readBoolean(attribute, value, tolerances)
    case "integer":
      return readNumber(attribute, value, Number.isSafeInteger, "an integer")
    case "decimal":
      return readNumber(attribute, value, Number.isFinite, "a number")
    case "dateTime":
      return readText(attribute, value, isDateTime, "a dateTime such as 2024-03-01T00:00:00Z")
    case "binary":
      return readText(attribute, value, isBase64, "base64")
    case "reference":
      return readAllowed(attribute, readText(attribute, value, isUriReference, "a URI"))
    case "string":
      return readAllowed(attribute, readText(attribute, value, isWellFormed, "well-formed Unicode"))
    case "complex":
      throw new Error(`${attribute.label} is not simple.`)
  }
}

/** `true` or `false` of a text that Entra writes for a Boolean, in any case (WIRE-085); undefined for any other. */
export function booleanOfText(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (word === "true") return true
  return word === "false" ? false : undefined
}

function readBoolean(attribute: AttributeShape, value: JsonValue, tolerances: Tolerances): boolean {
  const given = tolerances.booleansAsText && typeof value === "string" ? booleanOfText(value) : value
  if (typeof given !== "boolean") throw wrongValue(attribute, value, "a Boolean")
  return given
}

function readNumber(
  attribute: AttributeShape,
  value: JsonValue,
  isValid: (number: unknown) => boolean,
  expected: string,
): JsonValue {
  if (typeof value !== "number" || !isValid(value)) throw wrongValue(attribute, value, expected)
  return value
}

function readText(
  attribute: AttributeShape,
  value: JsonValue,
  isValid: (text: string) => boolean,
  expected: string,
): string {
  if (typeof value !== "string") throw wrongValue(attribute, value, "a string")
  if (!isValid(value)) throw badRequest("invalidValue", `${attribute.label} must be ${expected}.`)
  return value
}

/** A text, where the schema leaves the choice of it or counts it among its canonical values. */
function readAllowed(attribute: AttributeShape, text: string): string {
  const { allowed, comparison, definition, label } = attribute
  if (allowed === undefined || allowed.has(comparable(comparison, text))) return text
  throw badRequest("invalidValue", `${label} must be one of ${(definition.canonicalValues ?? []).join(", ")}.`)
}

function isDateTime(text: string): boolean {
  return parseDateTime(text) !== undefined
}

/** Padding may be missing (RFC7643-2.3.6-01); a single left-over digit stands for no byte. */
function isBase64(text: string): boolean {
  return BASE64.test(text) && text.replace(/=+$/, "").length % 4 !== 1
}

/** RFC7643-2.3.7-01. Letters beyond ASCII are let pass: they are percent-encoded when the URI is used (RFC 3987). */
function isUriReference(text: string): boolean {
  return text.isWellFormed() && URI_REFERENCE.test(text)
}

/** A lone surrogate is no character and cannot be sent as UTF-8. */
function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}

/** The error for a value of the wrong kind. The value itself may be a secret and is not repeated. */
export function wrongValue(attribute: AttributeShape, value: JsonValue, expected: string): Error {
  return badRequest("invalidValue", `${attribute.label} must be ${expected}, not ${jsonTypeOf(value)}.`)
}
