/** The operators of scoping filters (SCOPE-04, ENG-FILTER-03) and when each is true for one value. */
import { translatePattern } from "./dotnet/regex.ts"

export interface ScopingSwitches {
  /** A pattern may match any part of the value, as .NET's IsMatch; by default it must match the whole (SCOPE-08, ENG-FILTER-09). */
  readonly unanchoredRegex?: boolean
  /** `&` between two integers tests bits instead of text (SCOPE-09). */
  readonly bitwiseAmpersand?: boolean
}

/** One operator. A multi-valued attribute must pass with every value (SCOPE-05, documented). */
export interface ScopingOperator {
  /** As Graph writes it in `operatorName`; the last six names are inferred from the portal's (MAP-909). */
  readonly name: string
  readonly arity: "Unary" | "Binary"
  readonly types: readonly ("String" | "Integer" | "Boolean" | "Binary")[]
  /** Of several configured values, a negated operator must pass with all, another with any (SCOPE-13, inferred). */
  readonly negated?: true
  /** Both sides must be non-negative integers (ENG-FILTER-03, ENG-FILTER-07, documented). */
  readonly integers?: true
  readonly pattern?: true
  /** Whether a value that is not empty passes. `operand` is the configured value, "" for a unary operator. */
  readonly passes: (value: string, operand: string, switches: ScopingSwitches) => boolean
}

const TEXT_TYPES = ["String", "Integer"] as const
const ALL_TYPES = ["Integer", "String", "Binary", "Boolean"] as const

export const SCOPING_OPERATORS: readonly ScopingOperator[] = [
  { name: "EQUALS", arity: "Binary", types: TEXT_TYPES, passes: (value, operand) => value === operand },
  {
    name: "NOT EQUALS",
    arity: "Binary",
    types: TEXT_TYPES,
    negated: true,
    passes: (value, operand) => value !== operand,
  },
  { name: "REGEX MATCH", arity: "Binary", types: TEXT_TYPES, pattern: true, passes: matches },
  {
    name: "NOT REGEX MATCH",
    arity: "Binary",
    types: TEXT_TYPES,
    negated: true,
    pattern: true,
    passes: (value, operand, switches) => !matches(value, operand, switches),
  },
  { name: "IS NULL", arity: "Unary", types: ALL_TYPES, passes: () => false },
  { name: "IS NOT NULL", arity: "Unary", types: ALL_TYPES, passes: () => true },
  { name: "IS TRUE", arity: "Unary", types: ["Boolean"], passes: (value) => /^true$/i.test(value) },
  { name: "IS FALSE", arity: "Unary", types: ["Boolean"], passes: (value) => /^false$/i.test(value) },
  {
    name: "GREATER_THAN",
    arity: "Binary",
    types: ["Integer"],
    integers: true,
    passes: (value, operand) => isNaturalNumber(value) && BigInt(value) > BigInt(operand),
  },
  {
    name: "GREATER_THAN_OR_EQUALS",
    arity: "Binary",
    types: ["Integer"],
    integers: true,
    passes: (value, operand) => isNaturalNumber(value) && BigInt(value) >= BigInt(operand),
  },
  { name: "INCLUDES", arity: "Binary", types: ["String"], passes: (value, operand) => value.includes(operand) },
  { name: "ENDS_WITH", arity: "Binary", types: ["String"], passes: (value, operand) => value.endsWith(operand) },
  { name: "&", arity: "Binary", types: ["String"], passes: isWithin },
  {
    name: "!&",
    arity: "Binary",
    types: ["String"],
    negated: true,
    passes: (value, operand, switches) => !isWithin(value, operand, switches),
  },
]

const BY_KEY = new Map(SCOPING_OPERATORS.map((operator) => [keyOf(operator.name), operator]))

/** The operator of that name, whatever its case, blanks and underscores (SCOPE-13, inferred). */
export function findScopingOperator(name: string): ScopingOperator | undefined {
  return BY_KEY.get(keyOf(name))
}

/** Whether text is an integer that is not negative. */
export function isNaturalNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

function keyOf(name: string): string {
  return name.replaceAll(/[\s_]/g, "").toUpperCase()
}

function matches(value: string, pattern: string, { unanchoredRegex = false }: ScopingSwitches): boolean {
  const { source, flags } = translatePattern(unanchoredRegex ? pattern : `^(?:${pattern})\\z`)
  return new RegExp(source, flags).test(value)
}

/** SCOPE-09 (inferred): the configured text contains the attribute's value. */
function isWithin(value: string, operand: string, { bitwiseAmpersand = false }: ScopingSwitches): boolean {
  if (bitwiseAmpersand && isNaturalNumber(value) && isNaturalNumber(operand))
    return (BigInt(value) & BigInt(operand)) !== 0n
  return operand.includes(value)
}
