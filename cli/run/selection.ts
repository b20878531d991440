/** `--suite --case --grep --dialect` as the runner's selection. */
import type { Selection } from "../../scenarios/index.ts"
import { UsageError, messageOf } from "../errors.ts"
import type { RunOptions } from "../options.ts"

/** @throws UsageError for a malformed regular expression. */
export function toSelection({ suite, case: keys, grep, dialect }: RunOptions): Selection {
  return {
    ...(suite !== undefined && { suites: suite }),
    ...(keys !== undefined && { keys }),
    ...(grep !== undefined && { grep: toRegExp(grep) }),
    ...(dialect !== undefined && { dialects: [dialect] }),
  }
}

function toRegExp(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (cause) {
    throw new UsageError("USAGE_OPTION", `--grep: ${messageOf(cause)}`, {
      cause,
      hint: String.raw`put a \ before what is meant as it stands: . * + ? ( ) [ ] { } ^ $ |`,
    })
  }
}
