/** Writes syntax trees as text, with no more parentheses than needed: `parseFilter(printFilter(tree))` is the tree. */
import type { AttributeSelector, CompareValue, Filter, PatchPath, ValuePath } from "./ast.ts"

/** The filter as text, in the RFC's form: single spaces, lower-case operators, JSON literals. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case "compare":
      return `${printAttributePath(filter.path)} ${filter.operator} ${printValue(filter.value)}`
    case "present":
      return `${printAttributePath(filter.path)} pr`
    case "not":
      return `not (${printFilter(filter.operand)})`
    case "and":
      return `${printOperand(filter.left, ["or"])} and ${printOperand(filter.right, ["or", "and"])}`
    case "or":
      return `${printOperand(filter.left, [])} or ${printOperand(filter.right, ["or"])}`
    default:
      return printValuePath(filter)
  }
}

/** An attribute path or selector as text: `urn:…:User:name.familyName`, or the URN alone. */
export function printAttributePath({ schema, name, sub }: AttributeSelector): string {
  if (name === undefined) return schema ?? ""
  return `${schema === undefined ? "" : `${schema}:`}${name}${sub === undefined ? "" : `.${sub}`}`
}

/** A PATCH path as text. */
export function printPath({ schema, name, filter, sub }: PatchPath): string {
  const selector = { ...(schema !== undefined && { schema }), ...(name !== undefined && { name }) }
  const selection = filter === undefined ? "" : `[${printFilter(filter)}]`
  return `${printAttributePath(selector)}${selection}${sub === undefined ? "" : `.${sub}`}`
}

function printValuePath({ path, filter, selected }: ValuePath): string {
  const selection = `${printAttributePath(path)}[${printFilter(filter)}]`
  if (selected === undefined) return selection
  const test = selected.operator === "pr" ? "pr" : `${selected.operator} ${printValue(selected.value)}`
  return `${selection}.${selected.sub} ${test}`
}

/** The tree associates to the left, so an operand of the same kind needs parentheses on the right only. */
function printOperand(filter: Filter, parenthesised: readonly Filter["kind"][]): string {
  const text = printFilter(filter)
  return parenthesised.includes(filter.kind) ? `(${text})` : text
}

function printValue(value: CompareValue): string {
  return JSON.stringify(value)
}
