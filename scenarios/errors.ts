/**
 * The errors of a run that a user can do something about. Anything else that escapes is our own bug. The prefix of `code`
 * decides the exit code in cli/: ENV_ is 3, USAGE_ is 2.
 */

/** Why the target could not be tested. */
export type EnvironmentCode =
  | "ENV_UNREACHABLE" // nobody answers there
  | "ENV_TLS" // the certificate or the handshake was not acceptable
  | "ENV_TIMEOUT" // it accepts connections and then says nothing
  | "ENV_CREDENTIALS" // it refused the credentials
  | "ENV_NOT_SCIM" // something else answers: a page, a redirect to a sign-in
  | "ENV_ADOPTION" // it does not say whom --adopt-existing would touch

/** The user's mistakes that only the runner can see. */
export type UsageCode =
  | "USAGE_WRITES" // the target is not on this machine, and --allow-writes was not given
  | "USAGE_SELECTION" // the selection names something unknown, or matches nothing
  | "USAGE_DEFECT" // no such defect
  | "USAGE_URL" // the base URL cannot be used
  | "USAGE_ADOPTION" // the mapping does not tell whom --adopt-existing would touch

interface ErrorDetails extends ErrorOptions {
  /** What to do about it, as one sentence. */
  readonly hint?: string
}

/** The target could not be tested. The message is one sentence: what was asked and what was answered. */
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

/** The run was asked for something that makes no sense. */
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
