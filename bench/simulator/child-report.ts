/** A measurement in a process of its own, whose memory and compiled code are its own. */
import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** Runs a program of this folder to its end and gives what it reports, which is the caller's to know. Throws where it ends without. */
export async function reportOf<Report>(program: string, args: readonly string[]): Promise<Report> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const dies = once(child, "exit").then(([code]) => {
    throw new Error(`${program} ended with ${code} before it reported.`)
  })
  const [report] = (await Promise.race([once(child, "message"), dies])) as [Report]
  return report
}

/** Gives the report to whoever runs this program. */
export function report(what: unknown): void {
  process.send?.(what)
  process.disconnect?.()
}
