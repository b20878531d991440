/** Functions that change the case of letters or strip their marks. */
import { isCultureName, toLower, toTitleCase, toTitleCaseBetween, toUpper } from "../dotnet/casing.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, type Arguments, type FunctionDefinition } from "./definition.ts"

/** Letters that the published table maps although Unicode does not decompose them (FN-NORMALIZEDIACRITICS-2, documented). */
const SPECIAL_LETTERS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["ø", "oe"],
  ["Ø", "OE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ı", "i"],
  ["ł", "l"],
  ["Ł", "L"],
])

const MARKED_LATIN = /(\p{Script=Latin})\p{Mn}+/gu
const SPECIAL_LETTER = new RegExp(`[${[...SPECIAL_LETTERS.keys()].join("")}]`, "gu")

/**
 * Latin letters without their marks (FN-NORMALIZEDIACRITICS-3, inferred from the table, which is Unicode's own decomposition).
 * Other scripts stay whole: й is not и.
 */
function normalizeDiacritics(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(MARKED_LATIN, "$1")
    .replaceAll(SPECIAL_LETTER, (letter) => SPECIAL_LETTERS.get(letter) ?? letter)
    .normalize("NFC")
}

function cultureOf(args: Arguments): string {
  const culture = args.text(1) ?? ""
  if (isCultureName(culture)) return culture
  throw new ExpressionEvaluationError(
    "InvalidArgument",
    args.name,
    `${JSON.stringify(culture)} is not a culture name such as en-US`,
  )
}

/** FN-PCASE-1, -2 (documented). */
function properCase(args: Arguments): string | null {
  const source = args.text(0)
  if (source === null) return null
  const separators = args.text(1)
  return separators === null ? toTitleCase(source) : toTitleCaseBetween(source, separators)
}

/** Applies `change` to the source; null stays null (MAP-205, inferred). */
function changing(change: (text: string, args: Arguments) => string) {
  return (args: Arguments): string | null => {
    const source = args.text(0)
    return source === null ? null : change(source, args)
  }
}

export const CASE_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    kind: "eager",
    name: "NormalizeDiacritics",
    parameters: [one("source")],
    evaluate: changing((text) => normalizeDiacritics(text)),
  },
  {
    kind: "eager",
    name: "PCase",
    parameters: [one("source"), one("wordSeparators", { optional: true })],
    evaluate: properCase,
  },
  {
    kind: "eager",
    name: "ToLower",
    parameters: [one("source"), one("culture", { optional: true })],
    evaluate: changing((text, args) => toLower(text, cultureOf(args))),
  },
  {
    kind: "eager",
    name: "ToUpper",
    parameters: [one("source"), one("culture", { optional: true })],
    evaluate: changing((text, args) => toUpper(text, cultureOf(args))),
  },
]
