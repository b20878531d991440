/** What a job can't do in its present state. */
export class JobError extends Error {
  override readonly name = "JobError"
  readonly code = "Conflict"
}
