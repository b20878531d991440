/**
 * Replace, seven parameters and five forms (FN-REPLACE-1 to -9). Which form is meant follows from the places that are filled in,
 * not from their values, so a call without a form is refused when it is parsed.
 */
import { PatternError } from "../dotnet/regex.ts"
import { captureGroup, replaceGroup, replaceMatches } from "../dotnet/regex-replace.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, type Arguments, type FunctionDefinition } from "./definition.ts"

const SOURCE = 0
const OLD_VALUE = 1
const PATTERN = 2
const GROUP = 3
const REPLACEMENT = 4
const REPLACEMENT_ATTRIBUTE = 5
const TEMPLATE = 6

interface Form {
  /** The places that must be filled in for this form. */
  readonly needs: readonly number[]
  readonly apply: (args: Arguments) => string | null
}

/** In order of precedence (FN-REPLACE-7, inferred). */
const FORMS: readonly Form[] = [
  { needs: [OLD_VALUE, TEMPLATE], apply: intoTemplate },
  { needs: [PATTERN, GROUP, REPLACEMENT_ATTRIBUTE], apply: fromOtherAttribute },
  { needs: [OLD_VALUE, REPLACEMENT], apply: literally },
  { needs: [PATTERN, GROUP, REPLACEMENT], apply: withinGroup },
  { needs: [PATTERN, REPLACEMENT], apply: byPattern },
]

function formOf(provided: (index: number) => boolean): Form | undefined {
  return FORMS.find(({ needs }) => needs.every((index) => provided(index)))
}

function replace(args: Arguments): string | null {
  try {
    return formOf(args.provided)?.apply(args) ?? null
  } catch (error) {
    if (error instanceof PatternError) throw new ExpressionEvaluationError("InvalidPattern", args.name, error.message)
    throw error
  }
}

/** FN-REPLACE-3 (documented): the source goes into the template. */
function intoTemplate(args: Arguments): string | null {
  return args.text(TEMPLATE)?.replaceAll(oldValue(args), () => args.text(SOURCE) ?? "") ?? null
}

/** FN-REPLACE-6 (documented; Cloud Sync's page says the reverse, MAP-906): a source with a value stays. */
function fromOtherAttribute(args: Arguments): string | null {
  const source = args.text(SOURCE) ?? ""
  if (source !== "") return source
  const other = args.text(REPLACEMENT_ATTRIBUTE)
  return other === null ? null : captureGroup(other, pattern(args), args.text(GROUP) ?? "")
}

/** FN-REPLACE-2 (documented). */
function literally(args: Arguments): string | null {
  return args.text(SOURCE)?.replaceAll(oldValue(args), () => replacement(args)) ?? null
}

/** FN-REPLACE-5 (documented). */
function withinGroup(args: Arguments): string | null {
  const source = args.text(SOURCE)
  return source === null ? null : replaceGroup(source, pattern(args), args.text(GROUP) ?? "", replacement(args))
}

/** FN-REPLACE-4 (documented). */
function byPattern(args: Arguments): string | null {
  const source = args.text(SOURCE)
  return source === null ? null : replaceMatches(source, pattern(args), replacement(args))
}

function replacement(args: Arguments): string {
  return args.text(REPLACEMENT) ?? ""
}

/** .NET refuses to look for nothing. */
function oldValue(args: Arguments): string {
  return valueOf(args, OLD_VALUE, "oldValue")
}

function pattern(args: Arguments): string {
  return valueOf(args, PATTERN, "regexPattern")
}

function valueOf(args: Arguments, index: number, name: string): string {
  const value = args.text(index) ?? ""
  if (value !== "") return value
  throw new ExpressionEvaluationError("InvalidArgument", args.name, `${name} is empty`)
}

export const REPLACE_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    kind: "eager",
    name: "Replace",
    parameters: [
      one("source"),
      one("oldValue", { graphName: "Find", optional: true }),
      one("regexPattern", { graphName: "RegularExpression", optional: true }),
      one("regexGroupName", { graphName: "RegularExpressionGroupName", optional: true }),
      one("replacementValue", { graphName: "Replacement", optional: true }),
      one("replacementAttributeName", { graphName: "ReplacementPropertyName", optional: true }),
      one("template", { graphName: "Template", optional: true }),
    ],
    expects: ({ provided }) =>
      formOf(provided) === undefined
        ? "oldValue with replacementValue or template, or regexPattern with replacementValue or with regexGroupName and replacementAttributeName"
        : null,
    evaluate: replace,
  },
]
