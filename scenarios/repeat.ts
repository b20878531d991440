/** The command line that repeats one case: complete, quoted for a shell, and without secrets. */
import type { TargetSource } from "./target-source.ts"

/** Where the repeated command looks for the token: an environment variable, so that it never stands in a report. */
const TOKEN_VARIABLE = "SCIM_TOKEN"

/** Commands for the cases of a run. `extra` are further arguments, as they are. */
export function createRepeat(target: TargetSource, seed: number, extra: readonly string[]): (key: string) => string {
  const before = ["scimulate", "run", ...targetArguments(target)]
  const after = ["--seed", String(seed), ...extra]
  return (key) => [...before, "--case", key, ...after].map(quote).join(" ")
}

function targetArguments(target: TargetSource): string[] {
  if (target.kind === "embedded") {
    const defects = (target.defects ?? []).flatMap((name) => ["--defect", name])
    return [...defects, ...(target.compat === undefined ? [] : ["--compat", target.compat])]
  }
  // A fetch handler has no URL that a command could reach: the same case runs by the caller's own test.
  const url = target.kind === "external" ? [target.url] : ["<URL>"]
  const { token, headers = {} } = target.credentials
  const tokenArguments = token === undefined ? [] : ["--token-env", TOKEN_VARIABLE]
  const headerArguments = Object.keys(headers).flatMap((name) => ["--header", `${name}: …`])
  const reach = target.kind === "external" && target.allowWrites === true ? ["--allow-writes"] : []
  return [...url, ...tokenArguments, ...headerArguments, ...reach]
}

/** Single quotes wherever a POSIX shell would read something into the text. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}
