/** Checks scoping filters as a save in the portal does (SCOPE-10, SCOPE-11, ENG-FILTER-05, ENG-FILTER-07). */
import { nearest } from "../../protocol/index.ts"
import { PatternError, translatePattern } from "./dotnet/regex.ts"
import type { ObjectMapping, ScopingClause, ScopingFilter } from "./model.ts"
import { mappingError, type MappingProblem } from "./problem.ts"
import { SCOPING_OPERATORS, findScopingOperator, isNaturalNumber, type ScopingOperator } from "./scoping-operators.ts"
import { MULTI_VALUED_ATTRIBUTES, REFERENCE_ATTRIBUTES, unreadableReason } from "./source-attributes.ts"

/** What is wrong with the filters of an object mapping. */
export function validateScoping(
  mapping: ObjectMapping,
  sourceAttributes: readonly string[],
  at: string,
): readonly MappingProblem[] {
  const sets: readonly (readonly [string, readonly ScopingFilter[]])[] = [
    ["groups", mapping.scope],
    ["inputFilterGroups", mapping.inputScope ?? []],
    ["categoryFilterGroups", mapping.categoryScope ?? []],
  ]
  return sets.flatMap(([name, filters]) =>
    filters.flatMap(({ clauses }, filter) =>
      clauses.flatMap((clause, index) =>
        clauseProblems(clause, sourceAttributes, `${at}.scope.${name}[${filter}].clauses[${index}]`),
      ),
    ),
  )
}

function clauseProblems(
  clause: ScopingClause,
  sourceAttributes: readonly string[],
  at: string,
): readonly MappingProblem[] {
  const problems: MappingProblem[] = []
  const reason = attributeProblem(clause.attribute, sourceAttributes)
  if (reason !== null) problems.push(mappingError(`${at}.sourceOperandName`, reason))
  const operator = findScopingOperator(clause.operator)
  if (operator === undefined) {
    const meant = nearest(
      clause.operator,
      SCOPING_OPERATORS.map(({ name }) => name),
    )
    const hint = meant === undefined ? "" : ` Did you mean ${meant}?`
    problems.push(
      mappingError(`${at}.operatorName`, `${JSON.stringify(clause.operator)} is not a filter operator.${hint}`),
    )
  } else {
    problems.push(...operandProblems(clause.values, operator, `${at}.targetOperand.values`))
  }
  return problems
}

/** SCOPE-10 (documented): references, several values and what provisioning does not offer cannot be filtered by. */
function attributeProblem(name: string, sourceAttributes: readonly string[]): string | null {
  if (REFERENCE_ATTRIBUTES.has(name) || MULTI_VALUED_ATTRIBUTES.has(name)) {
    return `${name} cannot be used in a scoping filter (SCOPE-10)`
  }
  return unreadableReason(name, sourceAttributes)
}

function operandProblems(
  values: readonly string[],
  operator: ScopingOperator,
  path: string,
): readonly MappingProblem[] {
  if (operator.arity === "Unary") return []
  if (values.length === 0) return [mappingError(path, `${operator.name} needs a value to compare with`)]
  return values.flatMap((value, index) => {
    const reason = operandProblem(value, operator)
    return reason === null ? [] : [mappingError(`${path}[${index}]`, reason)]
  })
}

function operandProblem(value: string, operator: ScopingOperator): string | null {
  if (operator.integers === true && !isNaturalNumber(value)) {
    return `${operator.name} compares integers that are not negative, not ${JSON.stringify(value)} (SCOPE-11)`
  }
  if (operator.pattern !== true) return null
  try {
    translatePattern(value)
    return null
  } catch (error) {
    if (error instanceof PatternError) return error.message
    throw error
  }
}
