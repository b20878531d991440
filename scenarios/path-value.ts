/**
 * Reads values out of raw JSON by SCIM paths, naively and on purpose without the project's own grammar: what judges an
 * answer must not share a bug with what it judges. Understands `name.givenName`, `emails[type eq "work"].value`,
 * conditions joined by `and`, and a schema URN in front, all without regard to case.
 */
import type { Json, JsonObject } from "./checks/context.ts"

/** The value at `path`, or undefined. Several selected elements give an array of what each holds. */
export function readPath(body: Json | undefined, path: string): Json | undefined {
  if (!isObject(body)) return undefined
  const { container, rest } = enterSchema(body, path)
  if (rest === "") return container
  return readAttribute(container, rest)
}

/** Whether two values say the same: members in any order, and elements of an array too (RFC 7643 §2.4 gives arrays no order). */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (isArray(a) && isArray(b)) return a.length === b.length && matchElements(a, [...b])
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...names].every((name) => sameValue(a[name], b[name]))
  }
  return a === b
}

/** Absent, null, "", [], {} and whatever holds nothing but those: no value (RFC 7643 §2.5). */
export function isNoValue(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true
  if (isArray(value)) return value.every(isNoValue)
  return isObject(value) && Object.values(value).every(isNoValue)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The member of that name in any letter case. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  const wanted = name.toLowerCase()
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted)
  return key === undefined ? undefined : object[key]
}

/** The resource itself for a core attribute, the extension's object for `urn:…:User:department`. */
function enterSchema(body: JsonObject, path: string): { container: Json | undefined; rest: string } {
  if (!/^urn:/i.test(path)) return { container: body, rest: path }
  const extension = Object.keys(body).find((key) => startsWithUrn(path, key))
  if (extension !== undefined) return { container: body[extension], rest: path.slice(extension.length + 1) }
  // The URN of the core schema has no object of its own. A colon inside a filter belongs to a value.
  const head = path.split("[", 1)[0] ?? path
  const rest = path.slice(head.lastIndexOf(":") + 1)
  return head.includes(":core:") ? { container: body, rest } : { container: undefined, rest }
}

function startsWithUrn(path: string, urn: string): boolean {
  const lower = path.toLowerCase()
  return lower === urn.toLowerCase() || lower.startsWith(`${urn.toLowerCase()}:`)
}

/** name, optional [filter], optional .sub */
const STEP = /^(?<name>[^.[\]]+)(?:\[(?<filter>.*)\])?(?:\.(?<sub>[^.[\]]+))?$/

function readAttribute(container: Json | undefined, path: string): Json | undefined {
  const { name, filter, sub } = STEP.exec(path)?.groups ?? {}
  if (name === undefined) throw new Error(`"${path}" is not a path this reader understands`)
  if (!isObject(container)) return undefined
  let value = memberOf(container, name)
  if (filter !== undefined) value = onlyOrAll(elementsOf(value).filter((element) => satisfies(element, filter)))
  if (sub === undefined) return value
  if (!isArray(value)) return isObject(value) ? memberOf(value, sub) : undefined
  const held = value.map((element) => (isObject(element) ? memberOf(element, sub) : undefined))
  return held.filter((element) => element !== undefined)
}

function elementsOf(value: Json | undefined): readonly Json[] {
  if (isArray(value)) return value
  return value === undefined ? [] : [value]
}

function onlyOrAll(elements: readonly Json[]): Json | undefined {
  return elements.length > 1 ? elements : elements[0]
}

const CONDITION = /\s*(?<name>[\w.$-]+)\s+eq\s+(?<literal>"(?:[^"\\]|\\.)*"|true|false|-?[\d.]+)\s*(?:and\s|$)/giy

function satisfies(element: Json, filter: string): boolean {
  const conditions = [...filter.matchAll(CONDITION)]
  const understood = conditions.reduce((length, condition) => length + condition[0].length, 0)
  if (conditions.length === 0 || understood !== filter.length) {
    throw new Error(`"${filter}" is not a filter this reader understands`)
  }
  return conditions.every(({ groups: { name = "", literal = "" } = {} }) => {
    const held = isObject(element) ? memberOf(element, name) : element
    const wanted: unknown = JSON.parse(literal.startsWith('"') ? literal : literal.toLowerCase())
    return foldCase(held) === foldCase(wanted)
  })
}

/** `primary eq "True"` and `primary eq true` mean the same boolean (WIRE-049, WIRE-139). */
function foldCase(value: unknown): string {
  return String(value).toLowerCase()
}

function matchElements(wanted: readonly Json[], left: Json[]): boolean {
  return wanted.every((element) => {
    const index = left.findIndex((candidate) => sameValue(element, candidate))
    if (index < 0) return false
    left.splice(index, 1)
    return true
  })
}
