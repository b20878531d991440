/** The reference target in a process of its own, on a file of its own, from the clone's sources. */
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startTarget } from "../server-process.ts"

const MAIN = fileURLToPath(new URL("../../cli/bin.mjs", import.meta.url))

export interface ServedTarget {
  readonly origin: string
  stop(): Promise<void>
}

/** Starts it; `folder` keeps its database. */
export async function serveTarget(folder: string): Promise<ServedTarget> {
  const { origin, stop } = await startTarget(MAIN, join(folder, "target.db"))
  return { origin, stop: () => stop("SIGTERM") }
}
