/** Functions that give another value at each evaluation. Chance and ids come from the context, so a run repeats. */
import type { Random } from "../../../protocol/index.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, type Arguments, type EvaluationContext, type FunctionDefinition } from "./definition.ts"
import { requiredInteger } from "./numbers.ts"

/** FN-RANDOMSTRING-1 (documented). */
const LENGTH_MAX = 256

/** The classes of Windows' password complexity rule, in the order of the function's minimums. */
const CLASSES = [
  { name: "numbers", characters: "0123456789" },
  { name: "special characters", characters: "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/" },
  { name: "capitals", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { name: "lower-case letters", characters: "abcdefghijklmnopqrstuvwxyz" },
] as const

function randomString(args: Arguments, { random }: EvaluationContext): string {
  const length = requiredInteger(args, 0)
  const avoided = new Set(args.text(5) ?? "")
  const classes = CLASSES.map(({ name, characters }, index) => ({
    name,
    least: requiredInteger(args, index + 1),
    characters: Array.from(characters).filter((char) => !avoided.has(char)),
  }))
  const least = classes.reduce((sum, one) => sum + one.least, 0)
  if (length < 0 || length > LENGTH_MAX) throw outOfRange(args, `length is ${length}, allowed are 0 to ${LENGTH_MAX}`)
  if (classes.some((one) => one.least < 0) || least > length) {
    throw outOfRange(args, `the minimums add up to ${least}, more than the length ${length}`)
  }
  const empty = classes.find((one) => one.least > 0 && one.characters.length === 0)
  if (empty !== undefined)
    throw outOfRange(args, `all ${empty.name} are to be avoided, yet ${empty.least} are asked for`)

  const drawn = classes.flatMap((one) => draw(random, one.characters, one.least))
  const filling = draw(
    random,
    classes.flatMap((one) => one.characters),
    length - least,
  )
  return shuffled(random, [...drawn, ...filling]).join("")
}

function draw(random: Random, from: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, () => random.pick(from))
}

function shuffled(random: Random, items: readonly string[]): readonly string[] {
  const rest = [...items]
  return items.map(() => rest.splice(random.int(rest.length), 1)[0] ?? "")
}

function outOfRange(args: Arguments, message: string): ExpressionEvaluationError {
  return new ExpressionEvaluationError("OutOfRange", args.name, message)
}

export const CHANCE_FUNCTIONS: readonly FunctionDefinition[] = [
  // FN-GUID-1 (documented): new at each evaluation.
  { kind: "eager", name: "Guid", parameters: [], volatile: true, evaluate: (_args, { ids }) => ids.next() },
  {
    kind: "eager",
    name: "RandomString",
    parameters: [
      one("length", { type: "Integer" }),
      one("minimumNumbers", { type: "Integer" }),
      one("minimumSpecialCharacters", { type: "Integer" }),
      one("minimumCapital", { type: "Integer" }),
      one("minimumLowerCase", { type: "Integer" }),
      one("charactersToAvoid", { optional: true }),
    ],
    volatile: true,
    evaluate: randomString,
  },
]
