/** A server in a process of its own, which says where it listens in its first line. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"

export interface ServerProcess {
  readonly pid: number
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** Ends it, with or without the time to end well. */
  readonly stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void>
}

/** The bearer token that {@link startTarget} is given. */
export const BENCH_TOKEN = "bench"

/** Starts a program of Node by its path and arguments. */
export async function startServer(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
  const [line] = (await once(createInterface(child.stdout), "line")) as [string]
  const origin = /^listening (http:\/\/[^/]+)/.exec(line)?.[1]
  if (origin === undefined || child.pid === undefined) throw new Error(`${args.join(" ")} began with: ${line}`)
  return { pid: child.pid, origin, stop: (signal) => stop(child, signal) }
}

/** Starts `scimulate target` on a file; `main` is the command, of the clone or of the built package. */
export function startTarget(main: string, file: string): Promise<ServerProcess> {
  return startServer([main, "target", "--db", file, "--port", "0", "--token", BENCH_TOKEN])
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit")
  child.kill(signal)
  await ended
}
