/** Functions that choose between values. They evaluate only what they need (MAP-111, inferred from published guards). */
import { toLower } from "../dotnet/casing.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import {
  IGNORE_FLOW,
  many,
  one,
  type Evaluated,
  type EvaluationContext,
  type FunctionDefinition,
  type LazyArguments,
} from "./definition.ts"

/** FN-SWITCH-1 to -4: keys in order, compared exactly; only a literal `""` matches an absent source. */
function switchOn(args: LazyArguments): Evaluated {
  const source = args.value(0)
  if (source === IGNORE_FLOW) return IGNORE_FLOW
  if (source === null || typeof source === "string") return chosenFor(source, args)
  const chosen = source.map((value) => chosenFor(value, args))
  if (chosen.includes(IGNORE_FLOW)) return IGNORE_FLOW
  return chosen.flatMap((value) => (value === null || value === IGNORE_FLOW ? [] : value))
}

function chosenFor(source: string | null, args: LazyArguments): Evaluated {
  for (let key = 2; key < args.count; key += 2) {
    if (matches(source, key, args)) return args.value(key + 1)
  }
  return args.provided(1) ? args.value(1) : null
}

function matches(source: string | null, key: number, args: LazyArguments): boolean {
  if (args.isEmptyLiteral(key)) return source === null || source === ""
  return source !== null && args.value(key) === source
}

/** FN-COALESCE-1, -2: the first source with a value; the last one is returned as it is. */
function coalesce(args: LazyArguments): Evaluated {
  for (let index = 0; index < args.count - 1; index += 1) {
    if (!args.provided(index)) continue
    const value = args.value(index)
    if (value !== null && value !== "") return value
  }
  return args.provided(args.count - 1) ? args.value(args.count - 1) : null
}

/** FN-IGNOREFLOWIFNULLOREMPTY-1 (documented). */
function ignoreFlowIfNullOrEmpty(args: LazyArguments): Evaluated {
  const value = args.value(0)
  return value === null || value === "" || (Array.isArray(value) && value.length === 0) ? IGNORE_FLOW : value
}

/** FN-SELECTUNIQUEVALUE-1, -5: the first candidate that the target does not hold yet, without regard to case. */
function selectUniqueValue(args: LazyArguments, { taken }: EvaluationContext): Evaluated {
  const held = new Set(taken.map((value) => toLower(value)))
  for (let index = 0; index < args.count; index += 1) {
    const candidate = args.value(index)
    if (candidate === IGNORE_FLOW) return IGNORE_FLOW
    if (candidate === null || candidate === "") continue
    if (typeof candidate !== "string") {
      throw new ExpressionEvaluationError("MultipleValues", args.name, `rule ${index + 1} gives several values`)
    }
    if (!held.has(toLower(candidate))) return candidate
  }
  throw new ExpressionEvaluationError("AllCandidatesTaken", args.name, "every candidate exists in the target already")
}

export const CHOICE_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    kind: "lazy",
    name: "IIF",
    parameters: [one("condition", { type: "Boolean" }), many("valueIfTrue"), many("valueIfFalse")],
    evaluate: (args) => (args.holds(0) ? args.value(1) : args.value(2)),
  },
  {
    kind: "lazy",
    name: "Switch",
    parameters: [one("source"), many("defaultValue", { optional: true }), many("switchValue", { repeats: true })],
    expects: ({ count }) => (count % 2 === 0 ? null : "a value for every key (an even number of parameters)"),
    evaluate: switchOn,
  },
  {
    kind: "lazy",
    name: "Coalesce",
    parameters: [many("source"), many("source", { optional: true, repeats: true })],
    evaluate: coalesce,
  },
  {
    kind: "lazy",
    name: "IgnoreFlowIfNullOrEmpty",
    parameters: [many("expression")],
    evaluate: ignoreFlowIfNullOrEmpty,
  },
  {
    kind: "lazy",
    name: "SelectUniqueValue",
    parameters: [one("uniqueValueRule"), one("uniqueValueRule", { repeats: true })],
    outermostOnly: true,
    evaluate: selectUniqueValue,
  },
]
