/** What the command that repeats a case needs besides target, case and seed. */
import type { RunOptions } from "../options.ts"

/** Arguments that change what a case sends, or whether it gets through. No secrets. */
export function repeatArguments(options: RunOptions): readonly string[] {
  return [
    ...valueOf("--ca", options.ca),
    ...(options.insecure === true ? ["--insecure"] : []),
    ...valueOf("--timeout", options.timeout),
    ...valueOf("--directory", options.directory),
    ...(options.adoptExisting === true ? ["--adopt-existing"] : []),
    ...valueOf("--mapping", options.mapping),
  ]
}

function valueOf(flag: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [flag, String(value)]
}
