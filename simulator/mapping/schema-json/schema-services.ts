/**
 * What Graph offers beside a schema to whoever edits one (MAP-708, documented): the operators of filters, the functions of the expression
 * language, and a try of an expression for an object that need not exist. In Graph's shapes; here as functions.
 */
import type {
  AttributeMappingFunctionSchema,
  FilterOperatorSchema,
  ParseExpressionResponse,
} from "@microsoft/microsoft-graph-types"
import { ExpressionEvaluationError, ExpressionSyntaxError } from "../expression/errors.ts"
import { evaluateExpression, type EvaluationResult } from "../expression/evaluate.ts"
import { parseExpression } from "../expression/parser.ts"
import { roleElements } from "../functions/app-roles.ts"
import type { EvaluationContext, FunctionDefinition } from "../functions/definition.ts"
import { functionDefinitions } from "../functions/index.ts"
import type { MappedValue } from "../model.ts"
import { SCOPING_OPERATORS } from "../scoping-operators.ts"
import { type SourceTree, toSourceTree } from "./source-tree.ts"

/** Graph's samples name what its types leave out. */
export type Named<T> = T & { readonly name: string }

/** `GET …/schema/filterOperators` (GRAPH-713, ENG-FILTER-08). */
export function filterOperators(): readonly Named<FilterOperatorSchema>[] {
  // SCOPE-05, documented: a multi-valued attribute must pass with every value.
  return SCOPING_OPERATORS.map(({ name, arity, types }) => ({
    name,
    arity,
    multivaluedComparisonType: "All",
    supportedAttributeTypes: [...types],
  }))
}

/** `GET …/schema/functions` (GRAPH-714): those of app provisioning. */
export function mappingFunctions(): readonly Named<AttributeMappingFunctionSchema>[] {
  return functionDefinitions().map(({ name, parameters }) => ({ name, parameters: parameters.map(toParameter) }))
}

function toParameter({ name, graphName = name, type, optional, repeats }: FunctionDefinition["parameters"][number]) {
  return { name: graphName, required: optional !== true, allowMultipleOccurrences: repeats === true, type }
}

/** The body of `POST …/schema/parseExpression` (GRAPH-715). */
export interface ExpressionTry {
  readonly expression: string
  readonly testInputObject?: {
    readonly properties: readonly { readonly key: string; readonly value: MappedValue }[]
  } | null
}

export type TriedExpression = Omit<ParseExpressionResponse, "parsedExpression"> & {
  /** Null where it does not parse. */
  readonly parsedExpression: SourceTree | null
}

/** Parses an expression and, if that succeeds, evaluates it: one result a value, none for null. Codes of errors are ours (MAP-907). */
export function tryExpression(given: ExpressionTry, context: EvaluationContext): TriedExpression {
  const { expression: text, testInputObject } = given
  const values = new Map(testInputObject?.properties.map(({ key, value }) => [key, value]))
  const failed = { parsingSucceeded: false, evaluationSucceeded: false, evaluationResult: [], parsedExpression: null }
  try {
    const expression = parseExpression(text)
    const parsed = { ...failed, parsingSucceeded: true, parsedExpression: toSourceTree(expression) }
    try {
      const result = evaluateExpression(expression, { read: (name) => values.get(name) ?? null }, context)
      return { ...parsed, evaluationSucceeded: true, evaluationResult: toTexts(result), error: null }
    } catch (error) {
      if (error instanceof ExpressionEvaluationError) return { ...parsed, error: toPublicError(error) }
      throw error
    }
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { ...failed, error: toPublicError(error) }
    throw error
  }
}

function toTexts(result: EvaluationResult): string[] {
  if (result.kind === "ignore") return []
  if (result.kind === "roles") return roleElements(result).map((element) => JSON.stringify(element))
  return result.value === null ? [] : [result.value].flat()
}

function toPublicError({ code, message }: ExpressionSyntaxError | ExpressionEvaluationError) {
  return { code, message, target: null, details: [], innerError: null }
}
