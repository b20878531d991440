/** What a command gets of the world: its streams, its surroundings, and a place for the exit code it earned. */
import type { ExitCode } from "./exit-code.ts"
import type { Terminal } from "./terminal.ts"

export interface Session {
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder we are in: paths of options are taken from here. */
  readonly folder: string
  /** The arguments behind the program's name. */
  readonly args: readonly string[]
  /** Version of this package. */
  readonly version: string
  /** What the process will exit with. */
  exitCode: ExitCode
  /** Calls `stop` on the first Ctrl-C or SIGTERM; the second ends the process as usual. Returns how to stop listening. */
  onInterrupt(stop: () => void): () => void
}
