/** An expression as Graph's attributeMappingSource: text, name, type and the tree of its parameters (MAP-703, documented). */
import type { CallNode, Expression } from "../expression/ast.ts"
import { printExpression } from "../expression/print.ts"
import { findFunction } from "../functions/index.ts"

export interface SourceTree {
  readonly expression: string
  readonly name: string
  readonly type: "Attribute" | "Constant" | "Function"
  readonly parameters: readonly { readonly key: string; readonly value: SourceTree }[]
}

/** Places that were left empty have no parameter; a number is a constant, quoted in its own node (MAP-704). */
export function toSourceTree(node: Expression): SourceTree {
  switch (node.kind) {
    case "attribute":
      return leaf(printExpression(node), node.name, "Attribute")
    case "text":
      return leaf(printExpression(node), node.value, "Constant")
    case "number":
      return leaf(JSON.stringify(node.text), node.text, "Constant")
    case "keyword":
      return leaf(node.name, node.name, "Constant")
    case "call":
      return { ...leaf(printExpression(node), node.name, "Function"), parameters: parametersOf(node) }
    case "comparison":
      // No published sample has one; Model: a function of that name (inferred).
      return {
        ...leaf(printExpression(node), node.operator, "Function"),
        parameters: [
          { key: "left", value: toSourceTree(node.left) },
          { key: "right", value: toSourceTree(node.right) },
        ],
      }
  }
}

function leaf(expression: string, name: string, type: SourceTree["type"]): SourceTree {
  return { expression, name, type, parameters: [] }
}

function parametersOf(node: CallNode): SourceTree["parameters"] {
  return node.args.flatMap((arg, index) =>
    arg === null ? [] : [{ key: keyOf(node, index), value: toSourceTree(arg) }],
  )
}

/** FN-LIST-5: Graph's older names; FormatDateTime's form of three arguments skips the styles. */
function keyOf({ name, args }: CallNode, index: number): string {
  const parameters = findFunction(name)?.parameters ?? []
  const place = name === "FormatDateTime" && args.length === 3 && index > 0 ? index + 1 : index
  const parameter = parameters[place] ?? parameters.at(-1)
  return parameter?.graphName ?? parameter?.name ?? String(index)
}
