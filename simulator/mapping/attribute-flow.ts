/**
 * From a source object and its mapping to what the target should hold (MAP-3xx, MAP-5xx). Pure: nothing is compared with the
 * target here, and references are only named, since they need the target's ids.
 */
import { attributesIn, nodesOf, type Expression } from "./expression/ast.ts"
import { ExpressionEvaluationError } from "./expression/errors.ts"
import { evaluateExpression, type EvaluationResult } from "./expression/evaluate.ts"
import type { AppRolesValue } from "./functions/app-roles.ts"
import type { EvaluationContext } from "./functions/definition.ts"
import type { AttributeMapping, FlowType, MappedValue, ObjectMapping, SourceObject } from "./model.ts"
import { parsedSource, parsedTarget } from "./parsed-source.ts"
import { isExportedOnCreate } from "./target-path.ts"
import { TargetValueError, toTargetValue } from "./target-value.ts"

export interface FlowOptions {
  readonly action: "create" | "update"
  readonly context: EvaluationContext
  /** Whether an empty text is a value (MAP-505, inferred). Default "export". */
  readonly emptyString?: "export" | "skip"
  /** Whether the target is known to hold nothing there; without it the target counts as unknown (MAP-303, MAP-307). */
  readonly isEmptyInTarget?: (target: string) => boolean
  /**
   * Entra's quirk, off by default: a Switch with a default value whose source did not change, while something else did, empties
   * the target (FN-SWITCH-5, MAP-503, documented). Holds the source attributes that changed.
   */
  readonly switchDefaultNull?: { readonly changed: ReadonlySet<string> }
}

interface FlowTarget {
  /** The mapping's target, as written. */
  readonly target: string
  readonly flowType: FlowType
  readonly flowBehavior: AttributeMapping["flowBehavior"]
}

/** A value that the target should hold, as text; {@link toTargetValue} gives its JSON type. */
export interface FlowValue extends FlowTarget {
  readonly targetType: AttributeMapping["targetType"]
  readonly multiValued: boolean
  /** A list for a multi-valued target, else one text. */
  readonly value: string | readonly string[]
  /** A change of case alone is a change (FN-TOLOWER-2). */
  readonly caseExact: boolean
  /** The log shows `[Redact]` instead of the value (FN-REDACT-1, documented). */
  readonly redacted: boolean
}

/** App roles that the target's `roles` should hold. */
export interface RolesFlow extends FlowTarget {
  readonly value: AppRolesValue
}

/** A row that points at other objects: written in a second step, by the target's ids (MAP-421, documented). */
interface ReferenceRow extends FlowTarget {
  /** The source attribute: `manager`, `members`. */
  readonly source: string
  readonly multiValued: boolean
}

type IgnoredReason =
  | "noValue" // the source gave nothing: null never flows (MAP-501, documented)
  | "emptyString" // by the switch (MAP-505)
  | "ignoreFlow" // the expression said so (MAP-208)
  | "createOnly" // Only during object creation (MAP-307)
  | "targetHasValue" // AttributeAddOnly, or a default of type None
  | "notOnCreate" // the name of the custom attribute breaks the pattern (MAP-407, observed)

/** Why one row could not be computed. Codes are those of evaluation errors and two of the engine. */
interface FlowError {
  readonly target: string
  readonly code: string
  readonly message: string
}

export interface FlowResult {
  readonly values: readonly FlowValue[]
  readonly roles: readonly RolesFlow[]
  readonly references: readonly ReferenceRow[]
  /** Targets that the quirk empties; always none without `switchDefaultNull`. */
  readonly cleared: readonly string[]
  readonly ignored: readonly { readonly target: string; readonly reason: IgnoredReason }[]
  /** Required targets without a value: the object is not created (MAP-224, documented). */
  readonly missing: readonly string[]
  /** With any error the whole object fails in this cycle; nothing of it is sent (MAP-223, inferred). */
  readonly errors: readonly FlowError[]
}

/** Evaluates every row of a mapping for one object. Expressions must have been validated; a bad one throws its syntax error. */
export function evaluateMappings(mapping: ObjectMapping, source: SourceObject, options: FlowOptions): FlowResult {
  const result: Gathered = {
    values: [],
    roles: [],
    references: [],
    cleared: [],
    ignored: [],
    missing: [],
    errors: [],
  }
  for (const row of mapping.attributes) gather(outcomeOf(row, source, options), result)
  return result
}

/** A result that is being put together. */
type Gathered = { readonly [Name in keyof FlowResult]: FlowResult[Name][number][] }

function gather(outcome: Outcome, result: Gathered): void {
  switch (outcome.kind) {
    case "value":
      result.values.push(outcome.flow)
      return
    case "roles":
      result.roles.push(outcome.flow)
      return
    case "reference":
      result.references.push(outcome.flow)
      return
    case "cleared":
    case "missing":
      result[outcome.kind].push(outcome.target)
      return
    case "ignored":
      result.ignored.push({ target: outcome.target, reason: outcome.reason })
      return
    case "error":
      result.errors.push(outcome.error)
  }
}

type Outcome =
  | { readonly kind: "value"; readonly flow: FlowValue }
  | { readonly kind: "roles"; readonly flow: RolesFlow }
  | { readonly kind: "reference"; readonly flow: ReferenceRow }
  | { readonly kind: "cleared" | "missing"; readonly target: string }
  | { readonly kind: "ignored"; readonly target: string; readonly reason: IgnoredReason }
  | { readonly kind: "error"; readonly error: FlowError }

function outcomeOf(row: AttributeMapping, source: SourceObject, options: FlowOptions): Outcome {
  const { target, flowType } = row
  if (flowType === "ObjectAddOnly" && options.action === "update")
    return { kind: "ignored", target, reason: "createOnly" }
  if (options.action === "create" && !isExportedOnCreate(parsedTarget(row)))
    return { kind: "ignored", target, reason: "notOnCreate" }
  const expression = parsedSource(row)
  if (row.targetType === "Reference") return referenceOf(row, expression)
  if (expression === null) return defaultAlone(row, options)
  if (isOccupied(row, options)) return { kind: "ignored", target, reason: "targetHasValue" }
  if (emptiesBySwitchDefault(expression, options)) return { kind: "cleared", target }
  try {
    return fromResult(evaluateExpression(expression, source, options.context), row, expression, options)
  } catch (error) {
    if (!(error instanceof ExpressionEvaluationError)) throw error
    return { kind: "error", error: { target, code: error.code, message: error.message } }
  }
}

/** MAP-421 (inferred): references come from direct mappings only. */
function referenceOf(row: AttributeMapping, expression: Expression | null): Outcome {
  if (expression?.kind !== "attribute") return { kind: "ignored", target: row.target, reason: "noValue" }
  return {
    kind: "reference",
    flow: { ...targetOf(row), source: expression.name, multiValued: row.multiValued },
  }
}

/** Mapping type None: the target is left alone, but filled with the default where it is empty (MAP-301, MAP-303, documented). */
function defaultAlone(row: AttributeMapping, options: FlowOptions): Outcome {
  const { target } = row
  if (options.action === "create") return fromValue(null, row, false, options)
  if (options.isEmptyInTarget?.(target) !== true) return { kind: "ignored", target, reason: "targetHasValue" }
  return fromValue(row.defaultValue, row, false, options)
}

function isOccupied({ flowType, target }: AttributeMapping, { action, isEmptyInTarget }: FlowOptions): boolean {
  return flowType === "AttributeAddOnly" && action === "update" && isEmptyInTarget?.(target) === false
}

function emptiesBySwitchDefault(expression: Expression, { action, switchDefaultNull }: FlowOptions): boolean {
  if (switchDefaultNull === undefined || action !== "update") return false
  if (expression.kind !== "call" || expression.name !== "Switch") return false
  const [source, defaultValue] = expression.args
  if (source === null || source === undefined || (defaultValue ?? null) === null) return false
  return !attributesIn(source).some((name) => switchDefaultNull.changed.has(name))
}

function fromResult(
  result: EvaluationResult,
  row: AttributeMapping,
  expression: Expression,
  options: FlowOptions,
): Outcome {
  switch (result.kind) {
    case "ignore":
      return { kind: "ignored", target: row.target, reason: "ignoreFlow" }
    case "roles":
      return fromRoles(result, row, options)
    case "value":
      return fromValue(result.value, row, isRedacted(expression), options)
  }
}

/** Without a role nothing flows, unless the function asserts that the target holds no other (MAP-501, FN-ASSERTIVE…-1). */
function fromRoles({ roles, assertive }: AppRolesValue, row: AttributeMapping, { action }: FlowOptions): Outcome {
  const isNothing = roles.length === 0 && (!assertive || action === "create")
  if (isNothing) return { kind: "ignored", target: row.target, reason: "noValue" }
  return { kind: "roles", flow: { ...targetOf(row), value: { roles, assertive } } }
}

const redactions = new WeakMap<Expression, boolean>()

/** Whether the log hides what the expression gives. Trees are immutable, so each is looked through once. */
function isRedacted(expression: Expression): boolean {
  const known = redactions.get(expression)
  if (known !== undefined) return known
  const found = nodesOf(expression).some((node) => node.kind === "call" && node.name === "Redact")
  redactions.set(expression, found)
  return found
}

function fromValue(given: MappedValue, row: AttributeMapping, redacted: boolean, options: FlowOptions): Outcome {
  const { target } = row
  const value = given ?? (options.action === "create" ? row.defaultValue : null)
  if (value === null) {
    const isMissing = row.required === true && options.action === "create"
    return isMissing ? { kind: "missing", target } : { kind: "ignored", target, reason: "noValue" }
  }
  if (value === "" && options.emptyString === "skip") return { kind: "ignored", target, reason: "emptyString" }
  const texts = typeof value === "string" ? [value] : value
  const [first] = texts
  if (first === undefined) return { kind: "ignored", target, reason: "noValue" }
  if (!row.multiValued && texts.length > 1) return tooMany(target)
  const unfit = texts.map((text) => misfit(text, row)).find((message) => message !== null)
  if (unfit !== undefined) return { kind: "error", error: { target, code: "InvalidValue", message: unfit } }
  const flow: FlowValue = {
    ...targetOf(row),
    targetType: row.targetType,
    multiValued: row.multiValued,
    value: row.multiValued ? texts : first,
    caseExact: row.caseExact === true,
    redacted,
  }
  return { kind: "value", flow }
}

/** ENG-MAP-09 (documented). */
function tooMany(target: string): Outcome {
  const message = `${target} takes one value, the mapping gives several`
  return { kind: "error", error: { target, code: "SchemaPropertyCanOnlyAcceptValue", message } }
}

function misfit(text: string, { targetType, target }: AttributeMapping): string | null {
  try {
    toTargetValue(text, targetType)
    return null
  } catch (error) {
    if (error instanceof TargetValueError) return `${target}: ${error.message}`
    throw error
  }
}

function targetOf({ target, flowType, flowBehavior }: AttributeMapping): FlowTarget {
  return { target, flowType, flowBehavior }
}
