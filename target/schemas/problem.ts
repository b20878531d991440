/** What can be wrong with a file of custom schemas, and how that is told. */

export interface Problem {
  /** Where in the file: `schemas[0].attributes[2].type`. */
  readonly place: string
  readonly problem: string
  /** What to do about it. */
  readonly fix: string
}

/** More are not listed: the first ones usually explain the others. */
const SHOWN_PROBLEMS = 10

/** A file of custom schemas that cannot be served. The message lists every problem with its place. */
export class SchemaFileError extends Error {
  override readonly name = "SchemaFileError"
  readonly problems: readonly Problem[]
  /** How to put the first problem right. */
  readonly hint: string | undefined

  constructor(file: string, problems: readonly Problem[], options?: ErrorOptions) {
    super(`${file}: ${describe(problems)}`, options)
    this.problems = problems
    this.hint = problems[0]?.fix
  }
}

function describe(problems: readonly Problem[]): string {
  const [only, ...others] = problems
  if (only !== undefined && others.length === 0) return lineOf(only)
  const shown = problems.slice(0, SHOWN_PROBLEMS).map((one) => `\n  ${lineOf(one)}: ${one.fix}`)
  const rest = problems.length - shown.length
  return `${problems.length} problems${shown.join("")}${rest > 0 ? `\n  and ${rest} more` : ""}`
}

function lineOf({ place, problem }: Problem): string {
  return place === "" ? problem : `${place} ${problem}`
}
