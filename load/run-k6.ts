/** Runs k6 on a profile and hears its journal. k6 is a process of its own: what it prints is read line by line. */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { EnvironmentError } from "../protocol/index.ts"
import { GET_K6, K6_ENVIRONMENT } from "./k6/find-k6.ts"
import type { JournalLine } from "./verdict/journal-lines.ts"
import { parseJournalLine } from "./verdict/journal.ts"

export interface K6Run {
  /** The executable. */
  readonly k6: string
  readonly profile: string
  /** What the profile reads (profiles/engine/settings.ts). */
  readonly environment: Readonly<Record<string, string>>
  /** Where k6 writes its own summary as JSON. */
  readonly summaryFile?: string
  readonly onLine: (line: JournalLine) => void
  /** Stops k6; it then ends by itself, with what it has measured. */
  readonly signal: AbortSignal
}

/** k6's own exit codes that are a result: all well, a threshold broken, stopped by a signal. */
const RESULTS = new Set([0, 99, 105])
/** Last lines of k6 that an error quotes. */
const QUOTED_LINES = 5

/** Resolves when k6 has ended with a result. Throws an Error with its last words otherwise: the profiles are ours. */
export async function runK6({ k6, profile, environment, summaryFile, onLine, signal }: K6Run): Promise<void> {
  const summary = summaryFile === undefined ? [] : ["--new-machine-readable-summary", "--summary-export", summaryFile]
  const args = ["run", "--quiet", "--no-color", "--log-format", "raw", ...summary, profileFile(profile)]
  const child = spawn(k6, args, {
    env: { ...process.env, ...K6_ENVIRONMENT, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
    // Ctrl-C reaches the whole group: k6 is stopped by us, once, so that it ends in order.
    detached: true,
  })
  const stop = (): void => void child.kill("SIGINT")
  const stopAtOnce = (): void => void child.kill("SIGKILL")
  signal.addEventListener("abort", stop, { once: true })
  process.once("exit", stopAtOnce)
  const words: string[] = []
  const lines = createInterface({ input: child.stderr })
  lines.on("line", (text) => {
    const line = parseJournalLine(text)
    if (line !== null) onLine(line)
    else if (text.trim() !== "" && text !== "Request Failed") words.push(text)
    if (words.length > QUOTED_LINES) words.shift()
  })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (cause) => {
        reject(new EnvironmentError("ENV_K6", `${k6} cannot be started (${cause.message})`, { cause, hint: GET_K6 }))
      })
      // "close" comes once the last line is read.
      child.once("close", (exitCode) => resolve(exitCode))
    })
    if (!signal.aborted && (code === null || !RESULTS.has(code))) {
      throw new Error(`k6 ended with ${code ?? "a signal"} on the profile ${profile}:\n${words.join("\n")}`)
    }
  } finally {
    signal.removeEventListener("abort", stop)
    process.off("exit", stopAtOnce)
  }
}

/** TypeScript in a clone, and what was built from it in the package; k6 runs both. */
export function profileFile(profile: string): string {
  const source = fileURLToPath(new URL(`profiles/${profile}.ts`, import.meta.url))
  return existsSync(source) ? source : fileURLToPath(new URL(`profiles/${profile}.js`, import.meta.url))
}
