/** For tests: an evaluation context with a standing clock and chance that repeats, and a short way to evaluate. */
import type { IdSource, Random } from "../../protocol/index.ts"
import { evaluateExpression } from "./expression/evaluate.ts"
import { parseExpression, type ParseOptions } from "./expression/parser.ts"
import type { AppRoleAssignment, EvaluationContext, EvaluationSwitches } from "./functions/definition.ts"
import type { MappedValue, SourceObject } from "./model.ts"

interface Given {
  /** Epoch milliseconds. */
  readonly nowMs?: number
  readonly defaultDomain?: string | null
  readonly taken?: readonly string[]
  readonly appRoleAssignments?: readonly AppRoleAssignment[]
  readonly switches?: EvaluationSwitches
}

/** 2025-07-30T00:00:00Z, the day of most published examples. */
const NOW_MS = 1_753_833_600_000

export function evaluationContext(given: Given = {}): EvaluationContext {
  const { nowMs = NOW_MS, defaultDomain = null, taken = [], appRoleAssignments = [], switches = {} } = given
  return {
    clock: { now: () => nowMs },
    random: repeatingRandom(),
    ids: countingIds(),
    defaultDomain,
    taken,
    appRoleAssignments,
    switches,
  }
}

function repeatingRandom(seed = 1): Random {
  let state = seed
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const random: Random = {
    next,
    int: (maxExclusive) => Math.floor(next() * maxExclusive),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new RangeError("nothing to pick from")
      return item
    },
    fork: (label) => repeatingRandom(seed + label.length),
  }
  return random
}

function countingIds(): IdSource {
  let count = 0
  return {
    next: () => {
      count += 1
      return `3f2504e0-4f89-41d3-9a0c-${String(count).padStart(12, "0")}`
    },
  }
}

/** A source object that holds exactly these attributes. */
export function sourceObject(attributes: Readonly<Record<string, MappedValue>>): SourceObject {
  return { read: (name) => attributes[name] ?? null }
}

interface Evaluation extends Given, ParseOptions {
  readonly inputs?: Readonly<Record<string, MappedValue>>
}

/** Parses and evaluates in one go: the value, or "(ignored)". */
export function evaluated(expression: string, { inputs = {}, cloudSync, lenientNames, ...given }: Evaluation = {}) {
  const ast = parseExpression(expression, {
    ...(cloudSync !== undefined && { cloudSync }),
    ...(lenientNames !== undefined && { lenientNames }),
  })
  const result = evaluateExpression(ast, sourceObject(inputs), evaluationContext(given))
  if (result.kind === "roles") throw new TypeError("roles have no single value")
  return result.kind === "ignore" ? "(ignored)" : result.value
}

/** One line of a table: the fact it proves, an expression, what the object holds, and the literal result. */
export type Line = readonly [
  fact: string,
  expression: string,
  inputs: Record<string, MappedValue>,
  expected: MappedValue,
]
