/**
 * Where the program speaks: results on stdout, progress and complaints on stderr. Whether colour and redrawing are welcome
 * follows from the streams and the environment (NO_COLOR, FORCE_COLOR, TERM, CI), read here and nowhere else.
 */

/** What a terminal needs of a stream. */
export interface TextStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface TerminalOptions {
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Shorter texts are no secrets, and hiding them would garble everything else. */
const SECRET_LENGTH_MIN = 4

export interface Terminal {
  /** Results: as they are, to stdout. */
  print(text: string): void
  /** Progress, warnings, errors: to stderr, without the texts that were hidden. */
  note(text: string): void
  /** From now on shows *** wherever a note would show one of these texts. */
  hide(secrets: readonly string[]): void
  /** What stdout can show. */
  readonly results: { readonly color: boolean; readonly columns: number; readonly unicode: boolean }
  /** Whether stderr is a person's terminal, whose last line may be redrawn. */
  readonly live: boolean
  /** Columns of stderr. */
  readonly columns: number
}

/** Describes the streams of this process (or of a test). */
export function createTerminal({ stdout, stderr, env }: TerminalOptions): Terminal {
  let hidden: readonly string[] = []
  return {
    print: (text) => void stdout.write(text),
    note: (text) => void stderr.write(hidden.reduce((shown, secret) => shown.replaceAll(secret, "***"), text)),
    hide(secrets) {
      const worthHiding = secrets.filter((secret) => secret.length >= SECRET_LENGTH_MIN)
      // Longest first, so that a secret which contains another one goes as a whole.
      hidden = [...hidden, ...worthHiding].toSorted((a, b) => b.length - a.length)
    },
    results: { color: takesColor(stdout, env), columns: stdout.columns ?? 100, unicode: takesUnicode(env) },
    live: stderr.isTTY === true && !isSet(env["CI"]) && env["TERM"] !== "dumb",
    columns: stderr.columns ?? 80,
  }
}

/** NO_COLOR counts with any text in it (no-color.org); FORCE_COLOR counts unless it says 0 or false. */
function takesColor(stream: TextStream, env: TerminalOptions["env"]): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false
  const forced = env["FORCE_COLOR"]
  if (forced !== undefined) return isSet(forced) || forced === ""
  return stream.isTTY === true && env["TERM"] !== "dumb"
}

/** A locale that names no UTF-8, and the console of Linux, have ASCII at best; one that says nothing is taken for a modern one. */
function takesUnicode(env: TerminalOptions["env"]): boolean {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "")
  return env["TERM"] !== "linux" && (locale === undefined || /utf-?8/i.test(locale))
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false"
}
