/** Expressions as text, normalised as Graph prints them: one blank behind commas, `", , "` for empty places (MAP-704, documented). */
import type { Expression } from "./ast.ts"

/** The text of a tree; parsing it gives the same tree. */
export function printExpression(node: Expression): string {
  switch (node.kind) {
    case "attribute":
      return `[${node.name}]`
    case "text":
      return `"${node.value.replaceAll(/["\\]/g, "\\$&")}"`
    case "number":
      return node.text
    case "keyword":
      return node.name
    case "call":
      return `${node.name}(${node.args.map((arg) => (arg === null ? "" : printExpression(arg))).join(", ")})`
    case "comparison":
      return `${printExpression(node.left)} ${node.operator} ${printExpression(node.right)}`
  }
}
