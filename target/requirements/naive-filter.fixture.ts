/**
 * A second reading of RFC 7644 §3.4.2.2 and §3.4.2.3, for tests: filters and sorting evaluated on resources as a client sees
 * them, one value after the other, by a table of attributes that is written by hand. It shares nothing with the target but
 * the type of JSON.
 */
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"

export type Kind = "folded" | "username" | "exact" | "verbatim" | "number" | "instant" | "boolean" | "primary"
export type Operator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le" | "pr"

/** An attribute that can be tested: where its values are, and how they compare. */
export interface Attribute {
  /** As a filter writes it. */
  readonly path: string
  /** Names to go through, from the resource to the value. */
  readonly place: readonly string[]
  readonly kind: Kind
}

export interface Comparison {
  readonly form: "comparison"
  readonly attribute: Attribute
  readonly operator: Operator
  readonly operand: JsonValue
}

/** `list[inner]`: the attributes of `inner` are parts of the list's elements. */
interface Brackets {
  readonly form: "brackets"
  readonly list: Attribute
  readonly inner: Tree
}

export type Tree =
  | Comparison
  | Brackets
  | { readonly form: "and" | "or"; readonly left: Tree; readonly right: Tree }
  | { readonly form: "not"; readonly inner: Tree }

/** The filter as text, with a parenthesis wherever one may stand. */
export function write(tree: Tree): string {
  switch (tree.form) {
    case "comparison":
      return tree.operator === "pr"
        ? `${tree.attribute.path} pr`
        : `${tree.attribute.path} ${tree.operator} ${JSON.stringify(tree.operand)}`
    case "brackets":
      return `${tree.list.path}[${write(tree.inner)}]`
    case "not":
      return `not (${write(tree.inner)})`
    case "and":
    case "or":
      return `(${write(tree.left)}) ${tree.form} (${write(tree.right)})`
  }
}

/** Whether a resource, or an element of a list, meets the filter. */
export function meets(tree: Tree, object: JsonValue): boolean {
  switch (tree.form) {
    case "comparison":
      return compares(tree, object)
    case "brackets":
      return elementsOf(valueAt(object, tree.list.place)).some((element) => meets(tree.inner, element))
    case "not":
      return !meets(tree.inner, object)
    case "and":
      return meets(tree.left, object) && meets(tree.right, object)
    case "or":
      return meets(tree.left, object) || meets(tree.right, object)
  }
}

/** Ids in the order that `sortBy` asks for; those without a value last, or first where it descends. */
export function sorted(
  resources: readonly JsonObject[],
  attribute: Attribute,
  isDescending: boolean,
): readonly string[] {
  const keyed = resources.map((resource) => ({
    id: JSON.stringify(resource["id"]).slice(1, -1),
    key: sortKey(resource, attribute),
  }))
  const sign = isDescending ? -1 : 1
  const ordered = keyed.toSorted((left, right) => {
    if (left.key === undefined || right.key === undefined) {
      return sign * (Number(left.key === undefined) - Number(right.key === undefined))
    }
    return sign * order(left.key, right.key)
  })
  return ordered.map(({ id }) => id)
}

function sortKey(resource: JsonObject, { place, kind }: Attribute): string | number | undefined {
  const lists = place.map((_name, index) => valueAt(resource, place.slice(0, index + 1)))
  const list = lists.find((value) => isJsonArray(value))
  const last = place.at(-1) ?? ""
  const elements = isJsonArray(list) ? list : undefined
  const chosen = elements?.find((element) => isJsonObject(element) && element["primary"] === true) ?? elements?.[0]
  const value = elements === undefined ? valueAt(resource, place) : isJsonObject(chosen) ? chosen[last] : chosen
  return value === undefined ? undefined : keyOf(kind, value)
}

function compares({ attribute, operator, operand }: Comparison, object: JsonValue): boolean {
  const { place, kind } = attribute
  const depth = place.findIndex((name) => LISTS.has(name)) + 1
  if (depth === 0) return comparesValue(kind, operator, valueAt(object, place), operand)
  // Of a list any one element may meet the comparison; that it equals null says that no element has a value.
  const list = valueAt(object, place.slice(0, depth))
  const values = elementsOf(list).map((element) => valueAt(element, place.slice(depth)))
  if (operator === "eq" && operand === null) return !values.some(isPresent)
  return values.some((value) => comparesValue(kind, operator, value, operand))
}

/** What has no value equals null, differs from everything else and meets no other comparison; an absent primary is false. */
function comparesValue(kind: Kind, operator: Operator, value: JsonValue | undefined, operand: JsonValue): boolean {
  if (operator === "ne") return !comparesValue(kind, "eq", value, operand)
  if (operator === "pr") return isPresent(value)
  if (operand === null) return !isPresent(value)
  const given = kind === "primary" ? (value ?? false) : value
  return given !== undefined && one(kind, operator, given, operand)
}

function one(kind: Kind, operator: Exclude<Operator, "ne" | "pr">, value: JsonValue, operand: JsonValue): boolean {
  const left = keyOf(kind, value)
  const right = keyOf(kind, operand)
  switch (operator) {
    case "eq":
      return left === right
    case "co":
      return String(left).includes(String(right))
    case "sw":
      return String(left).startsWith(String(right))
    case "ew":
      return String(left).endsWith(String(right))
    case "gt":
      return order(left, right) > 0
    case "ge":
      return order(left, right) >= 0
    case "lt":
      return order(left, right) < 0
    case "le":
      return order(left, right) <= 0
  }
}

function isPresent(value: JsonValue | undefined): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== "" &&
    (!isJsonObject(value) || Object.values(value).some(isPresent))
  )
}

/** The value in a form whose equality and order are those of the attribute. */
function keyOf(kind: Kind, value: JsonValue): string | number {
  if (typeof value === "number") return value
  if (typeof value === "boolean") return Number(value)
  const text = typeof value === "string" ? value : JSON.stringify(value)
  if (kind === "instant") return Date.parse(text)
  if (kind === "username")
    return keyOf(
      "folded",
      text.replaceAll(/[\uff00-\uffef\u3000]/g, (one) => one.normalize("NFKC")),
    )
  if (kind === "folded") return text.toLowerCase().replaceAll("ς", "σ").normalize("NFC")
  return kind === "exact" ? text.normalize("NFC") : text
}

/** Texts by their code points. */
function order(left: string | number, right: string | number): number {
  if (typeof left === "number" && typeof right === "number") return left - right
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
}

const LISTS = new Set(["emails", "doors", "tags", "groups", "members", "days"])

function elementsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : []
}

function valueAt(object: JsonValue, place: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = object
  for (const name of place) value = isJsonObject(value) ? value[name] : undefined
  return value
}
