/** "Did you mean …", as the command line says it. */
import { nearest } from "../protocol/index.ts"

/** `did you mean "x"?` or, where nothing is near, what else helps: by default the list of what there is. */
export function suggestion(
  typed: string,
  candidates: readonly string[],
  otherwise = `there are: ${candidates.join(", ")}`,
): string {
  const near = nearest(typed, candidates)
  return near === undefined ? otherwise : `did you mean "${near}"?`
}
