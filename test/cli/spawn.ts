/** Runs the program as a user does: the bin, in a process of its own, in an empty folder. */
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const BIN = fileURLToPath(new URL("../../cli/bin.mjs", import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  /** Resolves with the first line on stdout. */
  readonly firstLine: Promise<string>
  /** Resolves with the URL that a server names there. */
  readonly url: Promise<string>
  /** Resolves once stderr or stdout has shown this text. */
  shown(text: string): Promise<void>
  /** What was written to stdout so far. */
  stdout(): string
  readonly ended: Promise<Ended>
}

export interface SpawnOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Nothing to read, unless a test wants to write. */
  readonly stdin?: "ignore" | "pipe"
  /** A command that runs the rest of its arguments: a shell with limits. */
  readonly within?: readonly string[]
}

/** Starts `scimulate …args`. */
export function start(
  args: readonly string[],
  { cwd = tmpdir(), env = {}, stdin = "ignore", within = [] }: SpawnOptions = {},
): Running {
  const [command = process.execPath, ...rest] = [...within, process.execPath, BIN, ...args]
  const child = spawn(command, rest, {
    cwd,
    env: { ...withoutColour(), ...env },
    stdio: [stdin, "pipe", "pipe"],
  })
  const seen = { stdout: "", stderr: "" }
  const waiting = new Set<() => void>()
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      seen[name] += text
      for (const look of waiting) look()
    })
  }
  const ended = once(child, "close").then(([code]: unknown[]): Ended => {
    for (const look of waiting) look()
    return { code: typeof code === "number" ? code : null, ...seen }
  })

  function until<T>(read: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const value = read()
        const isOver = child.exitCode !== null || child.signalCode !== null
        if (value === undefined && !isOver) return
        waiting.delete(look)
        if (value === undefined) reject(new Error(`ended before ${what}: ${seen.stdout}${seen.stderr}`))
        else resolve(value)
      }
      waiting.add(look)
      look()
    })
  }

  return {
    child,
    get firstLine() {
      return until(() => /^(.*)\n/.exec(seen.stdout)?.[1], "the first line")
    },
    get url() {
      return until(() => /^listening (\S+)\n/.exec(seen.stdout)?.[1], "it listened")
    },
    shown: (text) =>
      until(() => ((seen.stdout + seen.stderr).includes(text) ? null : undefined), text).then(() => undefined),
    stdout: () => seen.stdout,
    ended,
  }
}

/** Runs `scimulate …args` to its end. */
export async function scimulate(args: readonly string[], options?: SpawnOptions): Promise<Ended> {
  return await start(args, options).ended
}

/** A folder for one test, and how to remove it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "scimulate-"))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The environment of the tests themselves must not decide what the program prints. */
function withoutColour(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined }
}
