/** Evaluates one mapping expression for one person, as the portal's expression builder does. */
import { z } from "zod"
import {
  createRandom,
  evaluateExpression,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  parseExpression,
  roleElements,
  SystemClock,
  systemIds,
  systemSeed,
  type EvaluationContext,
  type EvaluationResult,
} from "../../simulator/index.ts"
import { UsageError } from "../errors.ts"
import { EXIT_CODES, type ExitCode } from "../exit-code.ts"
import type { Session } from "../session.ts"
import { caretUnder } from "./caret.ts"
import { readPerson } from "./person.ts"

const flagsSchema = z.strictObject({
  set: z.array(z.string()).optional(),
  user: z.string().optional(),
  now: z.string().optional(),
  taken: z.array(z.string()).optional(),
  domain: z.string().optional(),
  cloudSync: z.boolean().optional(),
})

/**
 * Prints the value as JSON; `{"flow":"ignore"}` where the mapping would drop the attribute.
 *
 * @throws UsageError for an expression, a person or an option that makes no sense; the place is shown on stderr.
 */
export async function evaluate(session: Session, text: string, flags: unknown): Promise<ExitCode> {
  const { set = [], user, now, taken = [], domain, cloudSync = false } = flagsSchema.parse(flags)
  const context: EvaluationContext = {
    clock: now === undefined ? new SystemClock() : standingClock(now),
    random: createRandom(systemSeed()),
    ids: systemIds,
    defaultDomain: domain ?? null,
    appRoleAssignments: [],
    taken,
  }
  try {
    const expression = parseExpression(text, { cloudSync })
    const person = await readPerson(session, { set, user })
    session.terminal.print(`${JSON.stringify(toJson(evaluateExpression(expression, person, context)))}\n`)
    return EXIT_CODES.passed
  } catch (cause) {
    if (cause instanceof ExpressionSyntaxError) {
      session.terminal.note(caretUnder(text, cause.offset))
      throw new UsageError("USAGE_EXPRESSION", cause.message, { cause })
    }
    if (cause instanceof ExpressionEvaluationError) {
      throw new UsageError("USAGE_EXPRESSION", `the expression gives no value for this person: ${cause.message}`, {
        cause,
      })
    }
    throw cause
  }
}

function toJson(result: EvaluationResult): unknown {
  if (result.kind === "ignore") return { flow: "ignore" }
  return result.kind === "roles" ? roleElements(result) : result.value
}

function standingClock(now: string): EvaluationContext["clock"] {
  const nowMs = Date.parse(now)
  if (Number.isNaN(nowMs)) {
    throw new UsageError("USAGE_OPTION", `--now: "${now}" is no time`, { hint: "write e.g. 2026-11-21T10:00:00Z" })
  }
  return { now: () => nowMs }
}
