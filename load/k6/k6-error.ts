/** What stands between us and a usable k6. The code's prefix makes the command line exit 3 (design.md: k6 missing). */

export type K6ErrorCode =
  | "ENV_K6_MISSING" // no k6 where one was looked for, or what is there is not k6
  | "ENV_K6_OLD" // older than the profiles need
  | "ENV_K6_BUILD" // npm run k6:install cannot build it

export class K6Error extends Error {
  override readonly name = "K6Error"
  readonly code: K6ErrorCode
  /** What to do about it: one sentence. */
  readonly hint: string

  constructor(code: K6ErrorCode, message: string, hint: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
