/** Functions that cut, join and clean text. Lengths and positions count UTF-16 code units, as .NET does (FN-LEN-2, inferred). */
import { toLower } from "../dotnet/casing.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, many, type Arguments, type EvaluationContext, type FunctionDefinition } from "./definition.ts"
import { integerArgument, requiredInteger } from "./numbers.ts"

function append(args: Arguments): string | null {
  const source = args.text(0)
  return source === null ? null : source + (args.text(1) ?? "")
}

function prepend(args: Arguments): string | null {
  const source = args.text(1)
  return source === null ? null : (args.text(0) ?? "") + source
}

/** FN-JOIN-1 to -3: empty and absent sources vanish with their separator; nothing left gives null. */
function join(args: Arguments): string | null {
  const parts: string[] = []
  for (let index = 1; index < args.count; index += 1) parts.push(...args.values(index).filter((part) => part !== ""))
  return parts.length === 0 ? null : parts.join(args.text(0) ?? "")
}

/** FN-LEFT-1 (documented). */
function left(args: Arguments): string {
  const source = args.text(0) ?? ""
  const length = requiredInteger(args, 1)
  return length < 0 ? source : source.slice(0, length)
}

/** FN-MID-1 (documented), -2 (inferred): beyond the end is empty, before the start an error. */
function mid(args: Arguments): string {
  const source = args.text(0) ?? ""
  const start = requiredInteger(args, 1)
  const length = requiredInteger(args, 2)
  if (start < 1)
    throw new ExpressionEvaluationError("OutOfRange", args.name, `start is ${start}, the first character is 1`)
  if (length < 0) throw new ExpressionEvaluationError("OutOfRange", args.name, `length is ${length}`)
  return source.slice(start - 1, start - 1 + length)
}

/** FN-WORD-1 (documented), -2 (inferred): each character separates, and runs of them give no empty words. */
function word(args: Arguments): string {
  const source = args.text(0) ?? ""
  const number = requiredInteger(args, 1)
  const delimiters = new Set(args.text(2) ?? "")
  const words: string[] = [""]
  for (const char of source) {
    if (delimiters.has(char)) words.push("")
    else words.push((words.pop() ?? "") + char)
  }
  return words.filter((one) => one !== "")[number - 1] ?? ""
}

/** FN-INSTR-1 (documented): the 1-based position, 0 where it is not found. */
function inStr(args: Arguments): string {
  const start = integerArgument(args, 2) ?? 1
  if (start < 1)
    throw new ExpressionEvaluationError("OutOfRange", args.name, `start is ${start}, the first character is 1`)
  const folded = folding(args)
  const [source, wanted] = [folded(args.text(0) ?? ""), folded(args.text(1) ?? "")]
  return source === "" ? "0" : String(source.indexOf(wanted, start - 1) + 1)
}

/** FN-INSTR-3 (inferred): binary unless vbTextCompare is named. */
function folding(args: Arguments): (text: string) => string {
  const compareType = args.text(3) ?? "vbBinaryCompare"
  if (compareType === "vbBinaryCompare") return (text) => text
  if (compareType === "vbTextCompare") return (text) => toLower(text)
  throw new ExpressionEvaluationError(
    "InvalidArgument",
    args.name,
    `compareType is vbTextCompare or vbBinaryCompare, not ${JSON.stringify(compareType)}`,
  )
}

/** FN-SPLIT-1, -2: several values; blanks around them go unless the switch keeps them. */
function split(args: Arguments, { switches }: EvaluationContext): readonly string[] | null {
  const source = args.text(0)
  if (source === null) return null
  const delimiter = args.text(1) ?? ""
  if (delimiter === "") throw new ExpressionEvaluationError("InvalidArgument", args.name, "the delimiter is empty")
  const parts = source.split(delimiter)
  return switches?.splitKeepsBlanks === true ? parts : parts.map((part) => part.trim())
}

export const TEXT_FUNCTIONS: readonly FunctionDefinition[] = [
  { kind: "eager", name: "Append", parameters: [one("source"), one("suffix")], evaluate: append },
  { kind: "eager", name: "Prepend", parameters: [one("prefix"), one("source")], evaluate: prepend },
  {
    kind: "eager",
    name: "Join",
    parameters: [one("separator"), many("source", { repeats: true })],
    evaluate: join,
  },
  { kind: "eager", name: "Left", parameters: [one("string"), one("numChars", { type: "Integer" })], evaluate: left },
  // FN-LEN-1 (documented): null counts as 0, a number by its text.
  { kind: "eager", name: "Len", parameters: [one("string")], evaluate: (args) => String(args.text(0)?.length ?? 0) },
  {
    kind: "eager",
    name: "Mid",
    parameters: [one("source"), one("start", { type: "Integer" }), one("length", { type: "Integer" })],
    evaluate: mid,
  },
  {
    kind: "eager",
    name: "Word",
    parameters: [one("string"), one("wordNumber", { type: "Integer" }), one("delimiters")],
    evaluate: word,
  },
  {
    kind: "eager",
    name: "InStr",
    parameters: [
      one("value1"),
      one("value2"),
      one("start", { type: "Integer", optional: true }),
      one("compareType", { optional: true }),
    ],
    evaluate: inStr,
  },
  { kind: "eager", name: "Split", parameters: [one("source"), one("delimiter")], evaluate: split },
  {
    // FN-STRIPSPACES-1: U+0020 only.
    kind: "eager",
    name: "StripSpaces",
    parameters: [one("source")],
    evaluate: (args) => args.text(0)?.replaceAll(" ", "") ?? null,
  },
  // FN-CSTR-1: values are text already, Booleans included (MAP-202).
  { kind: "eager", name: "CStr", parameters: [one("value")], evaluate: (args) => args.text(0) },
  // FN-REDACT-1 (documented): the value is exported unchanged; only the log hides it (see attribute-flow.ts).
  { kind: "eager", name: "Redact", parameters: [one("value")], evaluate: (args) => args.text(0) },
]
