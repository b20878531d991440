/** The errors of the command line. They come from their own file, not from protocol/'s face: `--help` loads no schemas. */
export { EnvironmentError, UsageError } from "../protocol/user-errors.ts"

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
