/** Which comparisons an attribute's type allows (RFC 7644 §3.4.2.2), and what `ne`, null and quoted Booleans mean. */
import type { CompareOperator, CompareValue } from "../../../protocol/index.ts"
import { badRequest } from "../../scim-error.ts"
import type { Tolerances } from "../../tolerances.ts"
import { parseDateTime } from "../date-time.ts"
import type { AttributeShape } from "../shape.ts"
import { booleanOfText } from "../simple-value.ts"
import { comparable } from "../text.ts"
import { leaf, not } from "./condition.ts"
import type { Logic, OrderOperator, TextOperator, ValueTest } from "./condition.ts"

/** What a comparison says, without its path; `pr` has no value. */
export interface Said {
  readonly operator: CompareOperator | "pr"
  readonly value: CompareValue
}

/**
 * The test of a simple attribute. `ne` is the negation of `eq`, so that it matches an absent value (F-ne-02, contested);
 * null is the unassigned state (F-null-01, contested).
 *
 * @throws ScimError 400 invalidFilter
 */
export function resolveTest<Leaf>(
  attribute: AttributeShape,
  { operator, value }: Said,
  tolerances: Tolerances,
  makeLeaf: (test: ValueTest) => Leaf,
): Logic<Leaf> {
  const present = leaf(makeLeaf({ kind: "present" }))
  if (operator === "pr") return present
  // Of a list some value has to differ, as for every other comparison.
  if (operator === "ne" && value !== null && attribute.definition.multiValued) {
    return leaf(makeLeaf({ kind: "differs", test: toTest(attribute, "eq", value, tolerances) }))
  }
  if (operator === "ne") return not(resolveTest(attribute, { operator: "eq", value }, tolerances, makeLeaf))
  if (value !== null) return leaf(makeLeaf(toTest(attribute, operator, value, tolerances)))
  if (operator !== "eq") throw badRequest("invalidFilter", `${operator} cannot compare with null.`)
  return not(present)
}

type Operator = Exclude<CompareOperator, "ne">

function toTest(
  attribute: AttributeShape,
  operator: Operator,
  value: Exclude<CompareValue, null>,
  tolerances: Tolerances,
): ValueTest {
  const { type } = attribute.definition
  switch (type) {
    case "string":
    case "reference":
    case "binary":
      return textTest(attribute, operator, value)
    case "boolean":
      return booleanTest(attribute, operator, value, tolerances)
    case "integer":
    case "decimal":
      if (typeof value !== "number") throw mismatch(attribute, `a ${typeof value}`)
      return { kind: "number", operator: orderingOf(attribute, operator), operand: value }
    case "dateTime":
      return instantTest(attribute, operator, value)
    case "complex":
      throw new Error(`${attribute.label} is not simple.`)
  }
}

function textTest(attribute: AttributeShape, operator: Operator, value: CompareValue): ValueTest {
  const { comparison, definition } = attribute
  if (typeof value !== "string") throw mismatch(attribute, `a ${typeof value}`)
  if (definition.type === "binary" && isOrdering(operator)) throw unsupported(attribute, operator)
  return { kind: "text", operator, operand: comparable(comparison, value), comparison }
}

function booleanTest(
  attribute: AttributeShape,
  operator: Operator,
  value: CompareValue,
  tolerances: Tolerances,
): ValueTest {
  if (operator !== "eq") throw unsupported(attribute, operator)
  const operand = typeof value === "string" && tolerances.quotedBooleansInFilters ? booleanOfText(value) : value
  if (typeof operand !== "boolean") throw mismatch(attribute, `a ${typeof value}`)
  // An element without `primary` counts as not primary (RFC7643-2.4-04, contested).
  return { kind: "boolean", operand, absent: attribute.name === "primary" ? false : undefined }
}

function instantTest(attribute: AttributeShape, operator: Operator, value: CompareValue): ValueTest {
  const operand = typeof value === "string" ? parseDateTime(value) : undefined
  if (operand === undefined) throw mismatch(attribute, "something that is no dateTime")
  return { kind: "instant", operator: orderingOf(attribute, operator), operand }
}

function orderingOf(attribute: AttributeShape, operator: TextOperator): "eq" | OrderOperator {
  if (operator === "co" || operator === "sw" || operator === "ew") throw unsupported(attribute, operator)
  return operator
}

function isOrdering(operator: Operator): boolean {
  return operator === "gt" || operator === "ge" || operator === "lt" || operator === "le"
}

function unsupported({ label, definition }: AttributeShape, operator: Operator): Error {
  return badRequest("invalidFilter", `${operator} cannot be used with ${label}, which is ${definition.type}.`)
}

function mismatch({ label, definition }: AttributeShape, given: string): Error {
  return badRequest("invalidFilter", `${label} is ${definition.type} and cannot be compared with ${given}.`)
}
