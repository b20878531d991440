/** Functions over multi-valued attributes, and the questions whether there is a value at all. */
import { ExpressionEvaluationError } from "../expression/errors.ts"
import type { MappedValue } from "../model.ts"
import { booleanText, many, one, type Arguments, type FunctionDefinition } from "./definition.ts"
import { requiredInteger } from "./numbers.ts"

/** FN-ITEM-1 (documented), -2 (documented for Cloud Sync): 1-based; outside the list is an error. */
function item(args: Arguments): MappedValue {
  const values = args.values(0)
  if (values.length === 0) return null
  const index = requiredInteger(args, 1)
  const value = values[index - 1]
  if (value !== undefined) return value
  throw new ExpressionEvaluationError("OutOfRange", args.name, `there is no item ${index} among ${values.length}`)
}

/** FN-REMOVEDUPLICATES-1: the first of each is kept, in order. */
function removeDuplicates(args: Arguments): MappedValue {
  const values = args.values(0)
  return values.length === 0 ? null : [...new Set(values)]
}

/** FN-ISNULLOREMPTY-1: absent, empty text, or no values. */
function isNullOrEmpty(args: Arguments): boolean {
  const values = args.values(0)
  return values.length === 0 || (values.length === 1 && values[0] === "")
}

/** FN-ISNULL-1 (documented): null is absence; the empty text is a value. */
function isNull(args: Arguments): string {
  return booleanText(args.values(0).length === 0)
}

export const LIST_FUNCTIONS: readonly FunctionDefinition[] = [
  // FN-COUNT-2 (inferred): null counts 0, a single value 1.
  { kind: "eager", name: "Count", parameters: [many("attribute")], evaluate: (args) => String(args.values(0).length) },
  {
    kind: "eager",
    name: "Item",
    parameters: [many("attribute"), one("index", { type: "Integer" })],
    evaluate: item,
  },
  { kind: "eager", name: "RemoveDuplicates", parameters: [many("attribute")], evaluate: removeDuplicates },
  { kind: "eager", name: "IsNull", parameters: [many("expression")], evaluate: isNull },
  // FN-ISNOTHING-1: listed by Graph without semantics; Model: the same as IsNull.
  { kind: "eager", name: "IsNothing", parameters: [many("source", { type: "Boolean" })], evaluate: isNull },
  {
    kind: "eager",
    name: "IsNullOrEmpty",
    parameters: [many("expression")],
    evaluate: (args) => booleanText(isNullOrEmpty(args)),
  },
  {
    kind: "eager",
    name: "IsPresent",
    parameters: [many("expression")],
    evaluate: (args) => booleanText(!isNullOrEmpty(args)),
  },
  {
    // FN-ISSTRING-1: null and several values are not one string (inferred).
    kind: "eager",
    name: "IsString",
    parameters: [many("expression")],
    evaluate: (args) => booleanText(args.values(0).length === 1),
  },
]
