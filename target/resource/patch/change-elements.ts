/** Operations on chosen elements of a list: `emails[type eq "work"]`, `emails[type eq "work"].value`, `emails.type`. */
import type { Filter } from "../../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../../json.ts"
import type { JsonObject, JsonValue } from "../../json.ts"
import { badRequest } from "../../scim-error.ts"
import { inOrder, mergeElements, readAttribute, readElement, withOnePrimary } from "../attribute-value.ts"
import type { ReadingRules } from "../attribute-value.ts"
import { matches } from "../filter/matches.ts"
import { assertPartMayChange } from "../immutable.ts"
import type { AttributeShape } from "../shape.ts"
import type { Change } from "./state.ts"
import type { PatchTarget } from "./target.ts"

type AttributeTarget = Extract<PatchTarget, { kind: "attribute" }>

/**
 * The list afterwards. A path without brackets (`emails.type`) means every element.
 *
 * @throws ScimError 400 noTarget where no element is chosen that could be set (RFC7644-3.5.2.3-06); removing none is no
 * error (C-21, contested).
 */
export function changeElements(
  target: AttributeTarget,
  before: readonly JsonValue[],
  change: Change,
  rules: ReadingRules,
): readonly JsonValue[] {
  const { attribute, selected } = target
  const chosen = new Set(
    before.flatMap((element, index) => (selected === undefined || matches(selected.condition, element) ? [index] : [])),
  )
  if (chosen.size === 0 && change.op !== "remove") return createElement(target, before, change, rules)
  const changed = before.map((element, index) =>
    chosen.has(index) ? changeElement(target, element, change, rules) : element,
  )
  const afterwards = withOnePrimary(
    attribute,
    changed.map((element) => element ?? null),
    chosen,
  )
  return afterwards.filter((element) => element !== null)
}

/** One chosen element afterwards, undefined where nothing of it is left. */
function changeElement(
  { attribute, sub }: AttributeTarget,
  element: JsonValue,
  { op, value }: Change,
  rules: ReadingRules,
): JsonValue | undefined {
  if (sub !== undefined && isJsonObject(element)) {
    if (op === "add" && value === null) return element
    const given = op === "remove" ? undefined : readAttribute(sub, value ?? null, rules)
    const part = op === "add" ? addedPart(sub, element[sub.name], given, rules) : given
    assertPartMayChange(sub, element, part)
    return withPart(attribute, element, sub, part)
  }
  if (op === "remove") return undefined
  const given = value === null || value === undefined ? undefined : readElement(attribute, value, rules)
  // A record chosen as a whole is replaced by replace and completed by add (P-replace-valuepath-10, P-add-valuepath-05).
  if (op === "replace" || !isJsonObject(element)) return given
  return isJsonObject(given) ? inOrder(attribute, { ...element, ...given }) : element
}

/**
 * The element that a value path describes, where none is there (RES-02): the filter is made of eq and and, a sub-attribute
 * is addressed, and the filter does not name it.
 */
function createElement(
  { attribute, sub, selected }: AttributeTarget,
  before: readonly JsonValue[],
  { value }: Change,
  rules: ReadingRules,
): readonly JsonValue[] {
  const described = selected === undefined ? undefined : describedBy(selected.filter)
  const isNamed = described?.some(([name]) => name.toLowerCase() === sub?.name.toLowerCase()) ?? false
  if (!rules.tolerances.createsSelectedElement || sub === undefined || described === undefined || isNamed) {
    throw badRequest("noTarget", `No element of ${attribute.label} is selected by the path.`)
  }
  if (value === null || value === undefined) return before
  const element = readElement(attribute, { ...Object.fromEntries(described), [sub.name]: value }, rules)
  return element === undefined ? before : mergeElements(attribute, before, [element], rules)
}

/** The equalities that a filter joins by `and`; undefined where it asks anything else. */
function describedBy(filter: Filter): readonly (readonly [string, JsonValue])[] | undefined {
  if (filter.kind === "compare" && filter.operator === "eq") return [[filter.path.name, filter.value]]
  if (filter.kind !== "and") return undefined
  const left = describedBy(filter.left)
  const right = describedBy(filter.right)
  return left === undefined || right === undefined ? undefined : [...left, ...right]
}

/** What a part becomes where a value is added to it: a list grows, anything else is set. */
export function addedPart(
  part: AttributeShape,
  before: JsonValue | undefined,
  given: JsonValue | undefined,
  rules: ReadingRules,
): JsonValue | undefined {
  if (!isJsonArray(before)) return given
  return isJsonArray(given) ? mergeElements(part, before, given, rules) : before
}

/** A complex value with one part set or taken away; undefined where none is left. */
export function withPart(
  attribute: AttributeShape,
  value: JsonObject,
  part: AttributeShape,
  partValue: JsonValue | undefined,
): JsonObject | undefined {
  const others = Object.entries(value).filter(([name]) => name !== part.name)
  const after: JsonObject = Object.fromEntries(partValue === undefined ? others : [...others, [part.name, partValue]])
  return Object.keys(after).length === 0 ? undefined : inOrder(attribute, after)
}
