/**
 * The two kinds of error a user can do something about. Anything else that reaches the command line is our own bug and prints a
 * stack. The prefix of `code` decides the exit code (cli/exit-code.ts): `USAGE_` is 2, `ENV_` is 3.
 * The file imports nothing: the command line reads it before it knows whether it needs the rest.
 */

/** The user's mistakes. */
export type UsageCode =
  | "USAGE_OPTION" // an option is unknown, malformed, or makes no sense with another
  | "USAGE_CONFIG" // the configuration file cannot be read or says something unknown
  | "USAGE_FILE" // a file that an option names cannot be read, written or understood
  | "USAGE_WRITES" // the target is not on this machine, and --allow-writes was not given
  | "USAGE_EXPRESSION" // a mapping expression does not parse, or has no value for this person
  | "USAGE_UNKNOWN_ID" // nothing carries the id that was asked for
  | "USAGE_SELECTION" // the selection names something unknown, or matches nothing
  | "USAGE_DEFECT" // no such defect
  | "USAGE_URL" // the base URL cannot be used
  | "USAGE_MANIFEST" // what is asked for cannot run on a cluster
  | "USAGE_ADOPTION" // the mapping does not tell whom --adopt-existing would touch

/** What stands in the way outside of us. */
export type EnvironmentCode =
  | "ENV_PORT" // the port cannot be listened on
  | "ENV_OAUTH" // the token endpoint gave no access token
  | "ENV_TARGET" // the target does not answer what the command needs
  | "ENV_UNREACHABLE" // nobody answers there
  | "ENV_TLS" // the certificate or the handshake was not acceptable
  | "ENV_TIMEOUT" // it accepts connections and then says nothing
  | "ENV_CREDENTIALS" // it refused the credentials
  | "ENV_NOT_SCIM" // something else answers: a page, a redirect to a sign-in
  | "ENV_K6" // k6 is missing, too old, or cannot be built
  | "ENV_ADOPTION" // it does not say whom --adopt-existing would touch

interface ErrorDetails extends ErrorOptions {
  /** What to do about it, as one sentence: printed on a line of its own. */
  readonly hint?: string
}

/** One sentence, and a hint. */
abstract class UserError<Code extends string> extends Error {
  readonly code: Code
  readonly hint: string | undefined

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.code = code
    this.hint = details.hint
  }
}

/** The user's mistake. */
export class UsageError extends UserError<UsageCode> {
  override readonly name = "UsageError"
}

/** Something outside is missing or refuses. */
export class EnvironmentError extends UserError<EnvironmentCode> {
  override readonly name = "EnvironmentError"
}
