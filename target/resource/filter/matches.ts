/** Evaluates a condition on one element of a list, for the brackets of a PATCH path. */
import { isJsonArray, isJsonObject } from "../../json.ts"
import type { JsonValue } from "../../json.ts"
import { parseDateTime } from "../date-time.ts"
import { comparable, compareCodePoints } from "../text.ts"
import type { ElementCondition, OrderOperator, TextOperator, ValueTest } from "./condition.ts"

/** Whether `element` meets the condition. */
export function matches(condition: ElementCondition, element: JsonValue): boolean {
  switch (condition.kind) {
    case "constant":
      return condition.value
    case "all":
      return condition.parts.every((part) => matches(part, element))
    case "any":
      return condition.parts.some((part) => matches(part, element))
    case "not":
      return !matches(condition.part, element)
    case "leaf": {
      const { sub, test } = condition.leaf
      return passes(test, sub === undefined ? element : partOf(element, sub.name))
    }
  }
}

function partOf(element: JsonValue, name: string): JsonValue | undefined {
  return isJsonObject(element) ? element[name] : undefined
}

function passes(test: ValueTest, value: JsonValue | undefined): boolean {
  // A part that is a list: any one value may pass.
  if (isJsonArray(value)) return value.some((one) => passes(test, one))
  switch (test.kind) {
    case "present":
      return value !== undefined && value !== ""
    case "text":
      return typeof value === "string" && passesText(test.operator, comparable(test.comparison, value), test.operand)
    case "number":
      return typeof value === "number" && isInOrder(test.operator, value - test.operand)
    case "instant": {
      const instant = typeof value === "string" ? parseDateTime(value) : undefined
      return instant !== undefined && isInOrder(test.operator, instant - test.operand)
    }
    case "boolean":
      return (value ?? test.absent) === test.operand
    case "differs":
      return value !== undefined && !passes(test.test, value)
  }
}

function passesText(operator: TextOperator, value: string, operand: string): boolean {
  switch (operator) {
    case "co":
      return value.includes(operand)
    case "sw":
      return value.startsWith(operand)
    case "ew":
      return value.endsWith(operand)
    case "eq":
      return value === operand
    case "gt":
    case "ge":
    case "lt":
    case "le":
      return isInOrder(operator, compareCodePoints(value, operand))
  }
}

/** Whether a difference (value minus operand) is what the operator asks. */
function isInOrder(operator: "eq" | OrderOperator, difference: number): boolean {
  switch (operator) {
    case "eq":
      return difference === 0
    case "gt":
      return difference > 0
    case "ge":
      return difference >= 0
    case "lt":
      return difference < 0
    case "le":
      return difference <= 0
  }
}
