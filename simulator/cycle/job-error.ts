/** Why a request to a job was refused. */
export type JobErrorCode =
  | "Conflict" // not in the job's present state
  | "BadRequest" // not something it can do at all
  | "TooManyRequests" // asked too often

/** A request that a job refused; nothing was changed or sent. The message says what to do. */
export class JobError extends Error {
  override readonly name = "JobError"
  readonly code: JobErrorCode

  constructor(code: JobErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
