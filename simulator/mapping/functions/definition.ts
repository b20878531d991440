/**
 * What a function of the expression language is. A definition is data (name, parameters, product) and one pure evaluation; the
 * parser checks calls against it, the evaluator runs it, and Graph's list of functions can be printed from it.
 */
import type { Clock, IdSource, Random } from "../../../protocol/index.ts"
import type { MappedValue } from "../model.ts"

/** One app role that a person holds in the application (FN-APPROLEASSIGNMENTSCOMPLEX-1, documented). */
export interface AppRoleAssignment {
  readonly id: string
  readonly value: string | null
  readonly displayName: string
}

/** Behaviours on which sources are silent or divided. All off gives the recommended model. */
export interface EvaluationSwitches {
  /** A condition of IIF fails whenever any attribute inside it is empty, as the reference says (FN-IIF-3). */
  readonly strictIif?: boolean
  /** Split keeps blanks around the elements (FN-SPLIT-2). */
  readonly splitKeepsBlanks?: boolean
}

/** Everything an evaluation may depend on beside the object itself. */
export interface EvaluationContext {
  readonly clock: Clock
  readonly random: Random
  readonly ids: IdSource
  /** The tenant's default verified domain; null where it has none (FN-DEFAULTDOMAIN-1). */
  readonly defaultDomain: string | null
  readonly appRoleAssignments: readonly AppRoleAssignment[]
  /** Values that the target already holds, for SelectUniqueValue. */
  readonly taken: readonly string[]
  readonly switches?: EvaluationSwitches
}

/** The attribute is dropped from this export: neither written nor cleared (MAP-208, documented). */
export const IGNORE_FLOW: unique symbol = Symbol("IgnoreAttributeFlow")

/** What a part of an expression gives. */
export type Evaluated = MappedValue | typeof IGNORE_FLOW

/** The arguments of an eager function, evaluated. Positions count from 0; one that was not provided reads as null. */
export interface Arguments {
  /** The function's name, for errors. */
  readonly name: string
  /** How many places the call has. */
  readonly count: number
  /** Whether the place was filled in at all, whatever it evaluates to (MAP-108). */
  readonly provided: (index: number) => boolean
  /** The one text of a parameter that takes one. */
  text(index: number): string | null
  /** All values of a parameter that takes many; none for null. */
  values(index: number): readonly string[]
}

/** The arguments of a function that evaluates only what it needs (MAP-111, inferred). */
export interface LazyArguments {
  readonly name: string
  readonly count: number
  readonly provided: (index: number) => boolean
  value(index: number): Evaluated
  /** Whether the argument holds as a condition (MAP-207, FN-IIF-1). */
  holds(index: number): boolean
  /** Whether the place holds the literal `""` (FN-SWITCH-3). */
  isEmptyLiteral(index: number): boolean
}

export interface Parameter {
  readonly name: string
  /** The name in Graph's parsed tree, where it is older than the page's (FN-LIST-5, documented). */
  readonly graphName?: string
  readonly type: "String" | "Integer" | "Boolean" | "DateTime"
  readonly optional?: true
  /** The last parameter may occur any number of times. */
  readonly repeats?: true
  /** Takes a multi-valued attribute whole; otherwise the function is applied to each value (MAP-206, inferred). */
  readonly many?: true
}

/** Which places of a call are filled in. */
interface CallShape {
  readonly count: number
  readonly provided: (index: number) => boolean
}

interface FunctionHead {
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** Belongs to Cloud Sync's language, refused in provisioning mappings (FN-LIST-3, RES-19). */
  readonly cloudSyncOnly?: true
  /** May not be nested in another call (FN-SELECTUNIQUEVALUE-2, documented; FN-APPROLEASSIGNMENTSCOMPLEX-1). */
  readonly outermostOnly?: true
  /** Gives another value at each evaluation. */
  readonly volatile?: true
  /** Rules beyond the parameter list: what is expected instead, or null. */
  readonly expects?: (call: CallShape) => string | null
}

export type FunctionDefinition = FunctionHead &
  (
    | { readonly kind: "eager"; readonly evaluate: (args: Arguments, context: EvaluationContext) => MappedValue }
    | { readonly kind: "lazy"; readonly evaluate: (args: LazyArguments, context: EvaluationContext) => Evaluated }
    /** Gives complex elements instead of text; see app-roles.ts. */
    | { readonly kind: "roles"; readonly assertive: boolean }
  )

/** A required parameter that takes one text. */
export function one(name: string, more: Partial<Parameter> = {}): Parameter {
  return { name, type: "String", ...more }
}

/** A required parameter that takes a multi-valued attribute whole. */
export function many(name: string, more: Partial<Parameter> = {}): Parameter {
  return { name, type: "String", many: true, ...more }
}

/** The text of a Boolean result (MAP-202, documented by example). */
export function booleanText(value: boolean): "True" | "False" {
  return value ? "True" : "False"
}
