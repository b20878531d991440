/** What a simple search asks for, read off the filter by a pattern of its own: the project's grammar is not asked. */
import type { Json } from "./checks/context.ts"
import { isArray, readPath } from "./path-value.ts"

/** The one comparison of a filter: `userName eq "ada"`. */
export interface Sought {
  readonly attribute: string
  readonly value: string
}

const COMPARISON = /^(?<attribute>.+?) eq (?<literal>"(?:[^"\\]|\\.)*")$/i

/** The comparison that a filter consists of, or undefined where it is of another form. */
export function toSought(filter: string): Sought | undefined {
  const { attribute, literal } = COMPARISON.exec(filter)?.groups ?? {}
  if (attribute === undefined || literal === undefined || /\s/.test(attribute.replace(/\[.*\]/, ""))) return undefined
  const value: unknown = JSON.parse(literal)
  return typeof value === "string" ? { attribute, value } : undefined
}

/** Whether a resource is what was sought: `eq` folds case, and a multi-valued attribute matches by any of its values. */
export function isSought(resource: Json, { attribute, value }: Sought): boolean {
  return holds(readPath(resource, attribute), value)
}

function holds(held: Json | undefined, value: string): boolean {
  if (isArray(held)) return held.some((element) => holds(element, value))
  return typeof held === "string" && held.toLowerCase() === value.toLowerCase()
}
