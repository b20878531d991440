/**
 * A filter whose names have been looked up and whose operators fit their attributes: what remains is to evaluate it, on the
 * database (to-sql.ts) or on one value (matches.ts). Both must give the same answer; a property test compares them.
 */
import type { AttributeShape } from "../shape.ts"
import type { Comparison } from "../text.ts"

/** Operators as they are evaluated: `ne` has become the negation of `eq`. */
export type TextOperator = "eq" | "co" | "sw" | "ew" | OrderOperator
export type OrderOperator = "gt" | "ge" | "lt" | "le"

/** What one value must be. A test of an absent value is false, except where `absent` says what absence stands for. */
export type ValueTest =
  | { readonly kind: "present" }
  /** `operand` is comparable already (text.ts). */
  | {
      readonly kind: "text"
      readonly operator: TextOperator
      readonly operand: string
      readonly comparison: Comparison
    }
  | { readonly kind: "number"; readonly operator: "eq" | OrderOperator; readonly operand: number }
  /** `operand` in epoch milliseconds. */
  | { readonly kind: "instant"; readonly operator: "eq" | OrderOperator; readonly operand: number }
  | { readonly kind: "boolean"; readonly operand: boolean; readonly absent: boolean | undefined }
  /** A value of a list that does not pass. */
  | { readonly kind: "differs"; readonly test: ValueTest }

/** Leaves joined by `and`, `or` and `not`. */
export type Logic<Leaf> =
  | { readonly kind: "leaf"; readonly leaf: Leaf }
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "all" | "any"; readonly parts: readonly Logic<Leaf>[] }
  | { readonly kind: "not"; readonly part: Logic<Leaf> }

/** A test of one part of a list's element; without `sub` of the element itself, where it is simple. */
export interface ElementLeaf {
  readonly sub?: AttributeShape
  readonly test: ValueTest
}
export type ElementCondition = Logic<ElementLeaf>

/** A test of a singular attribute, or a condition that one element of a list must meet as a whole. */
export type ResourceLeaf =
  | { readonly kind: "value"; readonly attribute: AttributeShape; readonly test: ValueTest }
  | { readonly kind: "some"; readonly attribute: AttributeShape; readonly element: ElementCondition }
export type ResourceCondition = Logic<ResourceLeaf>

/** A condition of one leaf. */
export function leaf<Leaf>(only: Leaf): Logic<Leaf> {
  return { kind: "leaf", leaf: only }
}

export function constant(value: boolean): Logic<never> {
  return { kind: "constant", value }
}

export function all<Leaf>(parts: readonly Logic<Leaf>[]): Logic<Leaf> {
  return { kind: "all", parts }
}

export function any<Leaf>(parts: readonly Logic<Leaf>[]): Logic<Leaf> {
  return { kind: "any", parts }
}

export function not<Leaf>(part: Logic<Leaf>): Logic<Leaf> {
  return { kind: "not", part }
}

/** The same logic with each leaf replaced by a condition on another kind of leaf. */
export function replaceLeaves<From, To>(logic: Logic<From>, replace: (leaf: From) => Logic<To>): Logic<To> {
  switch (logic.kind) {
    case "leaf":
      return replace(logic.leaf)
    case "constant":
      return logic
    case "all":
    case "any":
      return { kind: logic.kind, parts: logic.parts.map((part) => replaceLeaves(part, replace)) }
    case "not":
      return not(replaceLeaves(logic.part, replace))
  }
}
