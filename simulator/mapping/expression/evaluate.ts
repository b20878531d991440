/**
 * Computes an expression for one object (MAP-2xx). Values are absent, one text or several; Booleans, numbers and dates travel as
 * text (MAP-201 to -203). Dropping the attribute (IgnoreFlow…) spreads outwards from where it arises, except that a condition
 * takes it for a failure (FN-IGNOREFLOWIFNULLOREMPTY-2, -3).
 */
import {
  IGNORE_FLOW,
  booleanText,
  type AppRoleAssignment,
  type Arguments,
  type Evaluated,
  type EvaluationContext,
  type FunctionDefinition,
  type LazyArguments,
} from "../functions/definition.ts"
import { findFunction } from "../functions/index.ts"
import { isNumberText, toWholeNumber } from "../functions/numbers.ts"
import type { MappedValue, SourceObject } from "../model.ts"
import { attributesIn, type CallNode, type ComparisonNode, type ComparisonOperator, type Expression } from "./ast.ts"
import { ExpressionEvaluationError } from "./errors.ts"

/** What an expression gives for an object. */
export type EvaluationResult =
  | { readonly kind: "value"; readonly value: MappedValue }
  /** The attribute is dropped from this export (MAP-208, documented). */
  | { readonly kind: "ignore" }
  /** Complex elements; app-roles.ts writes them. */
  | { readonly kind: "roles"; readonly roles: readonly AppRoleAssignment[]; readonly assertive: boolean }

interface Scope {
  readonly source: SourceObject
  readonly context: EvaluationContext
}

/** Evaluates a parsed expression. @throws ExpressionEvaluationError */
export function evaluateExpression(
  node: Expression,
  source: SourceObject,
  context: EvaluationContext,
): EvaluationResult {
  const definition = node.kind === "call" ? findFunction(node.name) : undefined
  if (definition?.kind === "roles") {
    return { kind: "roles", roles: context.appRoleAssignments, assertive: definition.assertive }
  }
  const value = evaluate(node, { source, context })
  return value === IGNORE_FLOW ? { kind: "ignore" } : { kind: "value", value }
}

function evaluate(node: Expression, scope: Scope): Evaluated {
  switch (node.kind) {
    case "attribute":
      return normalised(scope.source.read(node.name))
    case "text":
      return node.value
    case "number":
      return numberText(node.text)
    case "keyword":
      return keyword(node.name)
    case "comparison":
      return booleanText(compare(node, scope))
    case "call":
      return call(node, scope)
  }
}

/** A collection without values is absent (MAP-508, inferred). */
function normalised(value: MappedValue): MappedValue {
  return Array.isArray(value) && value.length === 0 ? null : value
}

/** A hexadecimal literal is handed on in decimals (MAP-106). */
function numberText(text: string): string {
  return text.startsWith("&") ? String(toWholeNumber(text, "constant")) : text
}

function keyword(name: string): Evaluated {
  if (name === "IgnoreAttributeFlow") return IGNORE_FLOW
  if (name !== "IgnoreObjectFlow") return name
  throw new ExpressionEvaluationError("UnsupportedKeyword", name, "drops objects in HR connectors only")
}

function call(node: CallNode, scope: Scope): Evaluated {
  const definition = findFunction(node.name)
  if (definition === undefined || definition.kind === "roles") {
    throw new TypeError(`The parser lets no nested ${node.name} through`)
  }
  if (definition.kind === "lazy") return definition.evaluate(lazyArguments(node, scope), scope.context)
  const values: MappedValue[] = []
  for (const arg of node.args) {
    const value = arg === null ? null : evaluate(arg, scope)
    if (value === IGNORE_FLOW) return IGNORE_FLOW
    values.push(value)
  }
  return applyToEach(definition, node, values, scope.context)
}

type EagerFunction = Extract<FunctionDefinition, { kind: "eager" }>

/** MAP-206 (inferred): several values where a function takes one text give one result each. */
function applyToEach(
  definition: EagerFunction,
  node: CallNode,
  values: readonly MappedValue[],
  context: EvaluationContext,
): MappedValue {
  const several = values.findIndex((value, index) => Array.isArray(value) && !takesMany(definition, index))
  if (several === -1) return definition.evaluate(eagerArguments(node, values), context)
  const again = values.findIndex(
    (value, index) => index > several && Array.isArray(value) && !takesMany(definition, index),
  )
  if (again !== -1) {
    throw new ExpressionEvaluationError(
      "MultipleValues",
      node.name,
      `arguments ${several + 1} and ${again + 1} have several values`,
    )
  }
  const list = values[several]
  if (list === null || list === undefined || typeof list === "string") return null
  const results = list.flatMap(
    (one) => definition.evaluate(eagerArguments(node, values.with(several, one)), context) ?? [],
  )
  return normalised(results)
}

function takesMany(definition: FunctionDefinition, index: number): boolean {
  return (definition.parameters[index] ?? definition.parameters.at(-1))?.many === true
}

function eagerArguments(node: CallNode, values: readonly MappedValue[]): Arguments {
  const listOf = (index: number): readonly string[] => {
    const value = values[index] ?? null
    if (value === null) return []
    return typeof value === "string" ? [value] : value
  }
  return {
    name: node.name,
    count: node.args.length,
    provided: (index) => (node.args[index] ?? null) !== null,
    text: (index) => listOf(index)[0] ?? null,
    values: listOf,
  }
}

function lazyArguments(node: CallNode, scope: Scope): LazyArguments {
  const argument = (index: number): Expression | null => node.args[index] ?? null
  return {
    name: node.name,
    count: node.args.length,
    provided: (index) => argument(index) !== null,
    value: (index) => {
      const arg = argument(index)
      return arg === null ? null : evaluate(arg, scope)
    },
    holds: (index) => {
      const arg = argument(index)
      return arg !== null && holds(arg, scope)
    },
    isEmptyLiteral: (index) => {
      const arg = argument(index)
      return arg?.kind === "text" && arg.value === ""
    },
  }
}

/** Whether a condition is met: a comparison, `True`, or a number other than 0. Everything else fails (FN-IIF-1, -2, -3). */
function holds(node: Expression, scope: Scope): boolean {
  if (
    scope.context.switches?.strictIif === true &&
    attributesIn(node).some((name) => isEmpty(scope.source.read(name)))
  ) {
    return false
  }
  if (node.kind === "comparison") return compare(node, scope)
  const value = evaluate(node, scope)
  if (typeof value !== "string") return false
  return /^true$/i.test(value) || (isNumberText(value) && Number(value) !== 0)
}

function isEmpty(value: MappedValue): boolean {
  return value === null || value.length === 0
}

/** MAP-207 (inferred): as numbers where both are, else ordinal; an empty operand or several values fail any comparison. */
function compare({ operator, left, right }: ComparisonNode, scope: Scope): boolean {
  const [first, second] = [evaluate(left, scope), evaluate(right, scope)]
  if (typeof first !== "string" || typeof second !== "string" || first === "" || second === "") return false
  return isInOrder(operator, order(first, second))
}

/** Negative, zero or positive, as for sorting. */
function order(first: string, second: string): number {
  if (first === second) return 0
  if (!isNumberText(first) || !isNumberText(second)) return first < second ? -1 : 1
  const areWhole = !first.includes(".") && !second.includes(".")
  const [a, b] = areWhole ? [toWholeNumber(first, "="), toWholeNumber(second, "=")] : [Number(first), Number(second)]
  return a === b ? 0 : a < b ? -1 : 1
}

function isInOrder(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case "=":
      return order === 0
    case "<>":
      return order !== 0
    case ">":
      return order > 0
    case ">=":
      return order >= 0
    case "<":
      return order < 0
    case "<=":
      return order <= 0
  }
}
