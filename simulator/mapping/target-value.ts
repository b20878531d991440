/** The text that an expression gives, in the JSON type of its target attribute (MAP-422, inferred). */
import type { TargetType } from "./model.ts"

/** A text that cannot travel in the target attribute's type; an error on the object. */
export class TargetValueError extends Error {
  override readonly name = "TargetValueError"
}

const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * `text` as a JSON value: `True` and `False` in any case for Boolean, base-10 digits for Integer, ISO 8601 text for DateTime;
 * everything else stays text.
 *
 * @throws TargetValueError
 */
export function toTargetValue(text: string, type: TargetType): string | number | boolean {
  switch (type) {
    case "Boolean":
      return toBoolean(text)
    case "Integer":
      return toInteger(text)
    case "DateTime":
      if (ISO_DATE_TIME.test(text)) return text
      throw new TargetValueError(`${JSON.stringify(text)} is not an ISO 8601 date and time`)
    case "String":
    case "Binary":
    case "Reference":
      return text
  }
}

function toBoolean(text: string): boolean {
  if (/^true$/i.test(text)) return true
  if (/^false$/i.test(text)) return false
  throw new TargetValueError(`${JSON.stringify(text)} is neither True nor False`)
}

function toInteger(text: string): number {
  const value = Number(text)
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value
  throw new TargetValueError(`${JSON.stringify(text)} is not an integer that JSON can carry exactly`)
}
