/** Which attributes an object is matched by, and with which values (MAP-305, MAP-306, documented). */
import { attributesIn } from "./expression/ast.ts"
import { evaluateExpression } from "./expression/evaluate.ts"
import type { EvaluationContext } from "./functions/definition.ts"
import type { AttributeMapping, ObjectMapping, SourceObject, TargetType } from "./model.ts"
import { parsedSource } from "./parsed-source.ts"

/** What the target is asked for, in turn, until something is found. */
export interface MatchingValue {
  readonly target: string
  readonly targetType: TargetType
  readonly value: string
}

const matchingRows = new WeakMap<ObjectMapping, readonly AttributeMapping[]>()

/**
 * The matching rows, lowest number first; rows of one number in the mapping's order. They are tried in turn, never combined. Mappings
 * are immutable, so each is looked through once.
 */
export function matchingAttributes(mapping: ObjectMapping): readonly AttributeMapping[] {
  const known = matchingRows.get(mapping)
  if (known !== undefined) return known
  const rows = mapping.attributes
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .toSorted((a, b) => a.matchingPriority - b.matchingPriority)
  matchingRows.set(mapping, rows)
  return rows
}

/**
 * The values to look an object up by. A row without a value cannot match and is left out (MAP-225, documented); defaults do not
 * count, they are for creating.
 *
 * @throws ExpressionEvaluationError
 */
export function matchingValues(
  mapping: ObjectMapping,
  source: SourceObject,
  context: EvaluationContext,
): readonly MatchingValue[] {
  return matchingAttributes(mapping).flatMap((row) => {
    const expression = parsedSource(row)
    const result = expression === null ? null : evaluateExpression(expression, source, context)
    const value = result?.kind === "value" ? result.value : null
    const [text] = typeof value === "string" ? [value] : (value ?? [])
    return text === undefined || text === "" ? [] : [{ target: row.target, targetType: row.targetType, value: text }]
  })
}

/** The source attributes that a mapping reads, its scoping filters included: a change of any other changes nothing. */
export function sourceAttributesOf(mapping: ObjectMapping): ReadonlySet<string> {
  const names = new Set<string>()
  for (const row of mapping.attributes) {
    const expression = parsedSource(row)
    if (expression !== null) for (const name of attributesIn(expression)) names.add(name)
  }
  const filters = [...mapping.scope, ...(mapping.inputScope ?? []), ...(mapping.categoryScope ?? [])]
  for (const { clauses } of filters) for (const { attribute } of clauses) names.add(attribute)
  return names
}
