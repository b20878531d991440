/** The command line as a report may show it: what could be a secret is struck out by its place, whatever it says. */

/** Flags whose value is a secret. */
const SECRET_FLAGS: ReadonlySet<string> = new Set(["--token"])
const REDACTED = "***"

/** `scimulate` and its arguments, quoted for a shell, without secrets. */
export function recordedCommand(args: readonly string[]): string {
  const shown = args.map((argument, index) => {
    const [flag = "", ...rest] = argument.split("=")
    const before = args[index - 1] ?? ""
    if (SECRET_FLAGS.has(before)) return REDACTED
    if (before === "--header") return hideHeaderValue(argument)
    if (rest.length === 0) return argument
    if (SECRET_FLAGS.has(flag)) return `${flag}=${REDACTED}`
    return flag === "--header" ? `${flag}=${hideHeaderValue(rest.join("="))}` : argument
  })
  return ["scimulate", ...shown.map(quote)].join(" ")
}

function hideHeaderValue(header: string): string {
  const colon = header.indexOf(":")
  return colon === -1 ? REDACTED : `${header.slice(0, colon)}: ${REDACTED}`
}

function quote(argument: string): string {
  return /^[\w@%+=:,./*-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}
