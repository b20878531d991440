/** A server in a process of its own, which says where it listens in its first line. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

export interface ServerProcess {
  readonly pid: number
  /** What it said first. */
  readonly firstLine: string
  /** Ends it, with or without the time to end well. A second time nothing happens. */
  readonly stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>
}

/** Starts a program of Node by its path and arguments. */
export async function startServer(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
  const lines = createInterface(child.stdout)
  const [firstLine] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string?]
  if (firstLine === undefined || child.pid === undefined) throw new Error(`${args.join(" ")} ended before it listened.`)
  return { pid: child.pid, firstLine, stop: (signal) => stopProcess(child, signal) }
}

/** Starts `scimulate target` on a file or in memory; `main` is the command, of the clone or of the built package. */
export function startTarget(main: string, db: string, token: string): Promise<ServerProcess> {
  return startServer([main, "target", "--db", db, "--port", "0", "--token", token])
}

/** The URL in `listening URL`. */
export function urlOf({ firstLine }: ServerProcess): string {
  const url = /^listening (\S+)$/.exec(firstLine)?.[1]
  if (url === undefined) throw new Error(`A server began with: ${firstLine}`)
  return url
}

export async function stopProcess(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, "exit")
  child.kill(signal)
  await ended
}
