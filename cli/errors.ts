/**
 * The two kinds of error a user can do something about. Anything else that reaches main is our own bug and prints a stack.
 * What only a run can find out about its target has codes of its own in scenarios/.
 * The prefix of `code` decides the exit code (exit-code.ts), here and for errors that other folders throw.
 */

/** The user's mistakes; each exits 2. */
export type UsageCode =
  | "USAGE_OPTION" // an option is unknown, malformed, or makes no sense with another
  | "USAGE_CONFIG" // the configuration file cannot be read or says something unknown
  | "USAGE_FILE" // a file that an option names cannot be read, written or understood
  | "USAGE_WRITES" // the target is not on this machine, and --allow-writes was not given
  | "USAGE_EXPRESSION" // a mapping expression does not parse, or has no value for this person
  | "USAGE_UNKNOWN_ID" // nothing carries the id that was asked for

/** What stands in the way outside of us; each exits 3. */
export type EnvironmentCode =
  | "ENV_PORT" // the port cannot be listened on
  | "ENV_OAUTH" // the token endpoint gave no access token
  | "ENV_TARGET" // the target does not answer what the command needs

interface ErrorDetails extends ErrorOptions {
  /** What to do about it: printed on a line of its own. */
  readonly hint?: string
}

/** The user's mistake: one line, and a hint. */
export class UsageError extends Error {
  override readonly name = "UsageError"
  readonly code: UsageCode
  readonly hint: string | undefined

  constructor(code: UsageCode, message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.code = code
    this.hint = details.hint
  }
}

/** Something outside is missing or refuses: one line, and a hint. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError"
  readonly code: EnvironmentCode
  readonly hint: string | undefined

  constructor(code: EnvironmentCode, message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.code = code
    this.hint = details.hint
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
