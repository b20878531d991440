/**
 * The syntax tree of a SCIM filter (RFC 7644 §3.4.2.2) and of a PATCH path (§3.5.2): plain read-only data.
 * Names are kept as written; they are compared without regard to case by whoever evaluates the tree.
 */

/** An attribute as a filter or path names it: `urn:…:User:name.familyName` is `{ schema: "urn:…:User", name: "name", sub: "familyName" }`. */
export interface AttributePath {
  /** The schema URN in front, as written, without the colon that separates it. */
  readonly schema?: string
  readonly name: string
  readonly sub?: string
}

/**
 * What `attributes`, `excludedAttributes` and a PATCH path select: an attribute, or everything of a schema where `name` is
 * absent (the bare URN is not in the RFC's grammar, but in wide use as the extension's container).
 */
export interface AttributeSelector {
  readonly schema?: string
  readonly name?: string
  readonly sub?: string
}

export const COMPARE_OPERATORS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const
/** Always lower case in the tree, whatever the text said. */
export type CompareOperator = (typeof COMPARE_OPERATORS)[number]

/** A JSON literal other than object and array. */
export type CompareValue = string | number | boolean | null

export type Filter =
  | {
      readonly kind: "compare"
      readonly path: AttributePath
      readonly operator: CompareOperator
      readonly value: CompareValue
    }
  | { readonly kind: "present"; readonly path: AttributePath }
  | { readonly kind: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly operand: Filter }
  | ValuePath

/** `emails[type eq "work"]`: one element must satisfy the whole filter. Inside, paths are relative to the element. */
export interface ValuePath {
  readonly kind: "valuePath"
  readonly path: AttributePath
  readonly filter: Filter
  /**
   * Entra's `emails[type eq "work"].value eq "x"` (WIRE-045, documented), which the RFC's grammar allows in PATCH paths only:
   * the comparison that the selected element's sub-attribute must pass. `operator: "pr"` has value null.
   */
  readonly selected?: { readonly sub: string; readonly operator: CompareOperator | "pr"; readonly value: CompareValue }
}

/** The target of a PATCH operation: `urn:…:User:emails[type eq "work"].value`. A filter never stands without a name. */
export interface PatchPath extends AttributeSelector {
  readonly filter?: Filter
}
