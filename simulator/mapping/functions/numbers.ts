/** Functions over numbers and Booleans, and how text becomes a number. Integers are 64 bits wide (FN-BITAND-2, inferred). */
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { booleanText, one, type Arguments, type FunctionDefinition } from "./definition.ts"

const DECIMAL_INTEGER = /^\s*[+-]?[0-9]+\s*$/
const HEXADECIMAL = /^\s*&[Hh]([0-9A-Fa-f]+)\s*$/
const NUMBER = /^\s*[+-]?[0-9]+(?:\.[0-9]+)?\s*$/

/** Whether text reads as a number, so that comparisons treat it as one (MAP-207, inferred). */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text)
}

/** The whole number that `text` spells, decimal or `&H` hexadecimal (MAP-106). @throws ExpressionEvaluationError InvalidNumber */
export function toWholeNumber(text: string, functionName: string): bigint {
  const hexadecimal = HEXADECIMAL.exec(text)?.[1]
  if (hexadecimal !== undefined) return BigInt.asIntN(64, BigInt(`0x${hexadecimal}`))
  if (!DECIMAL_INTEGER.test(text)) {
    throw new ExpressionEvaluationError("InvalidNumber", functionName, `${JSON.stringify(text)} is not a whole number`)
  }
  return BigInt(text.trim().replace(/^\+/, ""))
}

/** The argument as a whole number of ordinary size; null where it has no value. */
export function integerArgument(args: Arguments, index: number): number | null {
  const text = args.text(index)
  if (text === null) return null
  const value = Number(toWholeNumber(text, args.name))
  if (Number.isSafeInteger(value)) return value
  throw new ExpressionEvaluationError("OutOfRange", args.name, `${JSON.stringify(text)} is too large`)
}

/** As {@link integerArgument}, for a parameter that must have a value. */
export function requiredInteger(args: Arguments, index: number): number {
  const value = integerArgument(args, index)
  if (value !== null) return value
  throw new ExpressionEvaluationError("InvalidNumber", args.name, `argument ${index + 1} has no value`)
}

function bitAnd(args: Arguments): string | null {
  const [left, right] = [args.text(0), args.text(1)]
  if (left === null || right === null) return null
  return String(BigInt.asIntN(64, toWholeNumber(left, args.name) & toWholeNumber(right, args.name)))
}

/** FN-CBOOL-1 (documented), -2 (inferred). */
function toBoolean(args: Arguments): string {
  const text = args.text(0) ?? ""
  if (text === "" || /^false$/i.test(text)) return "False"
  if (/^true$/i.test(text)) return "True"
  if (isNumberText(text)) return booleanText(Number(text) !== 0)
  throw new ExpressionEvaluationError(
    "InvalidArgument",
    args.name,
    `${JSON.stringify(text)} is neither number nor Boolean`,
  )
}

export const NUMBER_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    kind: "eager",
    name: "BitAnd",
    parameters: [one("value1", { type: "Integer" }), one("value2", { type: "Integer" })],
    evaluate: bitAnd,
  },
  { kind: "eager", name: "CBool", parameters: [one("expression")], evaluate: toBoolean },
  {
    // FN-NOT-1 (documented): anything but True gives True, null included.
    kind: "eager",
    name: "Not",
    parameters: [one("source", { type: "Boolean" })],
    evaluate: (args) => booleanText(!/^true$/i.test(args.text(0) ?? "")),
  },
]
