/**
 * Scoping filters: which objects a mapping is for, judged by source attributes before any mapping (SCOPE-12, documented). Clauses
 * of a filter are joined by AND, filters by OR; no filter means everything (SCOPE-01, documented).
 */
import type { MappedValue, ObjectMapping, ScopingClause, ScopingFilter, SourceObject } from "./model.ts"
import { findScopingOperator, type ScopingOperator, type ScopingSwitches } from "./scoping-operators.ts"

/** How one clause came out, for the log. */
interface ClauseResult {
  readonly clause: ScopingClause
  readonly passed: boolean
}

export interface FilterResult {
  readonly name: string
  readonly passed: boolean
  readonly clauses: readonly ClauseResult[]
}

/**
 * Where an object stands. `outOfScope` is de-provisioned if it was provisioned; `notRead` and `notMapped` are left alone
 * (SCOPE-03, documented).
 */
type ScopeOutcome = "inScope" | "outOfScope" | "notRead" | "notMapped"

export interface ScopeResult {
  readonly outcome: ScopeOutcome
  /** The filters that decided; empty where there are none. */
  readonly filters: readonly FilterResult[]
}

/** Judges an object by all filters of its mapping. Filters must have been validated. */
export function evaluateScope(
  mapping: ObjectMapping,
  source: SourceObject,
  switches: ScopingSwitches = {},
): ScopeResult {
  const sets = [
    ["notMapped", mapping.categoryScope ?? []],
    ["notRead", mapping.inputScope ?? []],
    ["outOfScope", mapping.scope],
  ] as const
  for (const [outcome, filters] of sets) {
    const results = evaluateFilters(filters, source, switches)
    if (results.length > 0 && !results.some(({ passed }) => passed)) return { outcome, filters: results }
  }
  return { outcome: "inScope", filters: evaluateFilters(mapping.scope, source, switches) }
}

function evaluateFilters(
  filters: readonly ScopingFilter[],
  source: SourceObject,
  switches: ScopingSwitches,
): readonly FilterResult[] {
  return filters.map(({ name, clauses }) => {
    const results = clauses.map((clause) => ({ clause, passed: passes(clause, source, switches) }))
    return { name, clauses: results, passed: results.every(({ passed }) => passed) }
  })
}

function passes(clause: ScopingClause, source: SourceObject, switches: ScopingSwitches): boolean {
  const operator = findScopingOperator(clause.operator)
  if (operator === undefined)
    throw new TypeError(`Validation lets no operator ${JSON.stringify(clause.operator)} through`)
  const values = valuesOf(source.read(clause.attribute))
  // SCOPE-06 (documented): an empty attribute makes a clause false; only IS NULL asks for it.
  if (values.length === 0) return operator.name === "IS NULL"
  return values.every((value) => valuePasses(value, clause, operator, switches))
}

function valuesOf(value: MappedValue): readonly string[] {
  const values = typeof value === "string" ? [value] : (value ?? [])
  return values.filter((one) => one !== "")
}

function valuePasses(
  value: string,
  clause: ScopingClause,
  operator: ScopingOperator,
  switches: ScopingSwitches,
): boolean {
  if (operator.arity === "Unary") return operator.passes(value, "", switches)
  const test = (operand: string) => operator.passes(value, operand, switches)
  return operator.negated === true ? clause.values.every(test) : clause.values.some(test)
}
