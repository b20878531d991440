/**
 * The syntax tree of a mapping expression (MAP-1xx): plain data. Every node carries `at`, the offset in UTF-16 code units where
 * its text begins, so that an error found later can still point at its place.
 */

/** Comparisons stand only where an argument stands; there is no AND or OR (MAP-110, documented by example). */
export const COMPARISON_OPERATORS = ["=", "<>", ">", ">=", "<", "<="] as const
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number]

/** `[mail]`: an attribute of the source object. The name is kept exactly, blanks included (MAP-109). */
interface AttributeNode {
  readonly kind: "attribute"
  readonly name: string
  readonly at: number
}

/** A constant in double quotes, with its escapes resolved (MAP-103, MAP-104). */
interface TextNode {
  readonly kind: "text"
  readonly value: string
  readonly at: number
}

/** An unquoted number, as written: `1000`, `-10`, `42568.75`, `&HF7` (MAP-105, MAP-106). */
interface NumberNode {
  readonly kind: "number"
  readonly text: string
  readonly at: number
}

/** A bare identifier: an enumeration constant or a flow keyword (MAP-107). */
interface KeywordNode {
  readonly kind: "keyword"
  readonly name: string
  readonly at: number
}

/** A function call. A place left empty between commas is null (MAP-108). */
export interface CallNode {
  readonly kind: "call"
  /** The function's own spelling, also where a lenient parser accepted another case. */
  readonly name: string
  readonly args: readonly (Expression | null)[]
  readonly at: number
}

export interface ComparisonNode {
  readonly kind: "comparison"
  readonly operator: ComparisonOperator
  readonly left: Operand
  readonly right: Operand
  readonly at: number
}

/** What a comparison compares: comparisons do not nest (MAP-110). */
export type Operand = AttributeNode | TextNode | NumberNode | KeywordNode | CallNode

export type Expression = Operand | ComparisonNode

/** Every node of a tree, parents before children. */
export function* nodesOf(node: Expression): Generator<Expression> {
  yield node
  if (node.kind === "call") {
    for (const arg of node.args) if (arg !== null) yield* nodesOf(arg)
  } else if (node.kind === "comparison") {
    yield* nodesOf(node.left)
    yield* nodesOf(node.right)
  }
}

/** The names of the source attributes that an expression reads, each once. */
export function attributesIn(node: Expression): readonly string[] {
  const names = new Set<string>()
  for (const inner of nodesOf(node)) if (inner.kind === "attribute") names.add(inner.name)
  return [...names]
}
