/**
 * From the syntax tree of a filter to a condition: names are looked up on the resource type, operators checked against the
 * attribute's type. What the RFC leaves open is decided here; docs/decisions names the choices.
 */
import type { AttributePath, Filter, ValuePath } from "../../../protocol/index.ts"
import { badRequest, ScimError } from "../../scim-error.ts"
import type { Tolerances } from "../../tolerances.ts"
import { findAttribute } from "../shape.ts"
import type { AttributeShape, ResourceShape } from "../shape.ts"
import { all, any, constant, leaf, not, replaceLeaves } from "./condition.ts"
import type { ElementCondition, ElementLeaf, Logic, ResourceCondition, ResourceLeaf, ValueTest } from "./condition.ts"
import { resolveTest } from "./resolve-test.ts"
import type { Said } from "./resolve-test.ts"

/**
 * The condition that `filter` sets on resources of a type.
 *
 * @throws ScimError 400 invalidFilter where an operator or operand does not fit an attribute, 403 sensitive where the
 * filter would reveal a secret.
 */
export function resolveFilter(shape: ResourceShape, filter: Filter, tolerances: Tolerances): ResourceCondition {
  return resolveLogic(filter, (part) =>
    part.kind === "valuePath"
      ? resolveValuePath(shape, part, tolerances)
      : resolveComparison(shape, part.path, saidBy(part), tolerances),
  )
}

/**
 * The condition that the filter in a path's brackets sets on the elements of a list.
 *
 * @throws ScimError 400 invalidFilter
 */
export function resolveElementFilter(
  attribute: AttributeShape,
  filter: Filter,
  tolerances: Tolerances,
): ElementCondition {
  return resolveLogic(filter, (part) => {
    if (part.kind === "valuePath") throw badRequest("invalidFilter", "Brackets cannot stand inside brackets.")
    return resolveElementTest(attribute, part.path, saidBy(part), tolerances)
  })
}

type FilterPart = Extract<Filter, { kind: "compare" | "present" | "valuePath" }>

function resolveLogic<Leaf>(filter: Filter, resolveLeaf: (part: FilterPart) => Logic<Leaf>): Logic<Leaf> {
  switch (filter.kind) {
    case "and":
    case "or":
      return (filter.kind === "and" ? all : any)(
        chainOf(filter, filter.kind).map((part) => resolveLogic(part, resolveLeaf)),
      )
    case "not":
      return not(resolveLogic(filter.operand, resolveLeaf))
    case "compare":
    case "present":
    case "valuePath":
      return resolveLeaf(filter)
  }
}

/** The operands of a chain such as `a or b or c`, without recursion: it may be as long as the text allows. */
function chainOf(filter: Filter, kind: "and" | "or"): readonly Filter[] {
  const parts: Filter[] = []
  let rest = filter
  while (rest.kind === kind) {
    parts.push(rest.right)
    rest = rest.left
  }
  return [rest, ...parts.toReversed()]
}

function saidBy(part: Exclude<FilterPart, ValuePath>): Said {
  return part.kind === "present" ? { operator: "pr", value: null } : part
}

function resolveComparison(
  shape: ResourceShape,
  path: AttributePath,
  said: Said,
  tolerances: Tolerances,
): ResourceCondition {
  const found = findAttribute(shape, path)
  if (found.kind === "unknown") return resolveUnknown(path, found.parent, said)
  const { attribute, sub } = found
  assertNotSecret(sub ?? attribute)
  if (!attribute.definition.multiValued) return resolveOn(attribute, sub, said, tolerances, toResourceLeaf)
  // Of a list, "equals null" says that no element has a value; every other comparison is met by any one element.
  const some = (asked: Said): ResourceCondition => {
    return leaf({ kind: "some", attribute, element: resolveOn(attribute, sub, asked, tolerances, toElementLeaf) })
  }
  return isNull(said) ? not(some({ operator: "pr", value: null })) : some(said)
}

/**
 * An attribute that the type does not have has no value, as the RFC says for queries over several types (F-unknown-01 to
 * -05, contested); a part of something that has no parts is an error (F-unknown-06, contested).
 */
function resolveUnknown(path: AttributePath, parent: AttributeShape | undefined, said: Said): ResourceCondition {
  if (parent !== undefined && parent.subs.size === 0) {
    throw badRequest("invalidFilter", `${parent.label} has no sub-attribute ${path.sub ?? ""}.`)
  }
  return constant(said.operator === "ne" ? said.value !== null : isNull(said))
}

function isNull(said: Said): boolean {
  return said.operator === "eq" && said.value === null
}

function resolveValuePath(shape: ResourceShape, filter: ValuePath, tolerances: Tolerances): ResourceCondition {
  if (filter.selected !== undefined && !tolerances.subAttributeAfterBrackets) {
    throw badRequest("invalidFilter", "A filter cannot go on after the closing bracket.")
  }
  const found = findAttribute(shape, filter.path)
  if (found.kind === "unknown" || found.sub !== undefined) return constant(false)
  const { attribute } = found
  assertNotSecret(attribute)
  const inside = resolveElementFilter(attribute, filter.filter, tolerances)
  const { selected } = filter
  const element =
    selected === undefined
      ? inside
      : all([inside, resolveElementTest(attribute, { name: selected.sub }, selected, tolerances)])
  return attribute.definition.multiValued ? leaf({ kind: "some", attribute, element }) : onSingular(attribute, element)
}

function resolveElementTest(
  attribute: AttributeShape,
  path: AttributePath,
  said: Said,
  tolerances: Tolerances,
): ElementCondition {
  const isPlain = path.schema === undefined && path.sub === undefined
  const sub = isPlain ? attribute.subs.get(path.name.toLowerCase()) : undefined
  // A list of simple values has no parts; its elements go by the name "value" (F-valuepath-28, contested).
  const isSelf = isPlain && attribute.subs.size === 0 && path.name.toLowerCase() === "value"
  if (sub === undefined && !isSelf) {
    throw badRequest("invalidFilter", `${attribute.label} has no sub-attribute ${path.name} to filter by.`)
  }
  return resolveOn(attribute, sub, said, tolerances, toElementLeaf)
}

/** Brackets on a singular complex attribute ask the same of its one value (F-valuepath-27, contested). */
function onSingular(attribute: AttributeShape, condition: ElementCondition): ResourceCondition {
  return replaceLeaves(condition, ({ sub, test }) => leaf(toResourceLeaf(attribute, sub, test)))
}

type MakeLeaf<Leaf> = (attribute: AttributeShape, sub: AttributeShape | undefined, test: ValueTest) => Leaf

/** The condition on one value; a complex one stands for its `value`, or for any of its parts where presence is asked. */
function resolveOn<Leaf>(
  attribute: AttributeShape,
  sub: AttributeShape | undefined,
  said: Said,
  tolerances: Tolerances,
  makeLeaf: MakeLeaf<Leaf>,
): Logic<Leaf> {
  const tested = sub ?? attribute
  if (tested.definition.type !== "complex") {
    return resolveTest(tested, said, tolerances, (test) => makeLeaf(attribute, sub, test))
  }
  if (said.operator === "pr" || said.value === null) return resolvePresence(attribute, said, makeLeaf)
  const value = attribute.subs.get("value")
  if (value === undefined) throw badRequest("invalidFilter", `${attribute.label} is complex: name a sub-attribute.`)
  assertNotSecret(value)
  return resolveOn(attribute, value, said, tolerances, makeLeaf)
}

function resolvePresence<Leaf>(attribute: AttributeShape, said: Said, makeLeaf: MakeLeaf<Leaf>): Logic<Leaf> {
  const present = any([...attribute.subs.values()].map((sub) => leaf(makeLeaf(attribute, sub, { kind: "present" }))))
  if (said.operator === "pr" || said.operator === "ne") return present
  if (said.operator === "eq") return not(present)
  throw badRequest("invalidFilter", `${said.operator} cannot compare with null.`)
}

function toElementLeaf(_attribute: AttributeShape, sub: AttributeShape | undefined, test: ValueTest): ElementLeaf {
  return { test, ...(sub !== undefined && { sub }) }
}

function toResourceLeaf(attribute: AttributeShape, sub: AttributeShape | undefined, test: ValueTest): ResourceLeaf {
  return { kind: "value", attribute: sub ?? attribute, test }
}

/** Filters on secrets would reveal them one comparison at a time (RFC7643-4.1.1-06, RFC7644-7.5.2-01). */
function assertNotSecret(attribute: AttributeShape): void {
  if (attribute.source !== "secret") return
  throw new ScimError(403, `${attribute.label} is never returned and cannot be filtered by.`, { scimType: "sensitive" })
}
