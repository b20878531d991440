/** A query of the log that can't be answered. The message says where and what is possible. */
export class LogQueryError extends Error {
  override readonly name = "LogQueryError"
  readonly code = "BadRequest"
  /** Where in the filter, in UTF-16 code units; undefined where it is not about a place. */
  readonly offset: number | undefined

  constructor(message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (at ${offset})`)
    this.offset = offset
  }
}
