/** The texts of a mapping row, parsed. Rows are immutable, so each is parsed once. */
import type { Expression } from "./expression/ast.ts"
import { parseExpression } from "./expression/parser.ts"
import type { AttributeMapping } from "./model.ts"
import { parseTargetPath, type TargetPath } from "./target-path.ts"

const sources = new WeakMap<AttributeMapping, Expression | null>()
const targets = new WeakMap<AttributeMapping, TargetPath>()

/** The tree of a row's source, null for mapping type None. @throws ExpressionSyntaxError */
export function parsedSource(row: AttributeMapping): Expression | null {
  const known = sources.get(row)
  if (known !== undefined) return known
  const expression = row.source === null ? null : parseExpression(row.source)
  sources.set(row, expression)
  return expression
}

/** A row's target, taken apart. @throws TargetPathError, PathSyntaxError */
export function parsedTarget(row: AttributeMapping): TargetPath {
  const known = targets.get(row)
  if (known !== undefined) return known
  const path = parseTargetPath(row.target)
  targets.set(row, path)
  return path
}
