/** How long `scimulate target` of the built package (decision 0080) takes until it answers: on a new file, and on one it was killed over. */
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import { userBody } from "./dialogue.ts"
import { median } from "./median.ts"

interface Started {
  readonly child: ChildProcess
  readonly url: string
  /** From the start of the process to the end of the first answer. */
  readonly answeredMs: number
}

const HEADERS = { authorization: "Bearer bench", "content-type": SCIM_MEDIA_TYPE }
const CONNECTIONS = 4
/** Writes that are answered before the process is killed: their log has not been moved into the file yet. */
const WRITES = 500

/** Gives lines: medians. */
export async function measureStart(main: string, options: { runs: number }): Promise<string[]> {
  const cold: number[] = []
  const killed: number[] = []
  for (let run = 0; run < options.runs; run++) {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
    const first = await start(main, join(folder, "target.db"))
    cold.push(first.answeredMs)
    await writeUntilKilled(first)
    const second = await start(main, join(folder, "target.db"))
    killed.push(second.answeredMs)
    await kill(second.child)
    rmSync(folder, { recursive: true })
  }
  return [
    `\`scimulate target\` of the built package, from its start to the end of the first answer: ${median(cold).toFixed(0)} ms on a new file (aim: 300 ms),`,
    `${median(killed).toFixed(0)} ms on the file of a process that was killed (SIGKILL) while writing.`,
    "",
  ]
}

async function start(main: string, db: string): Promise<Started> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [main, "target", "--port", "0", "--db", db, "--token", "bench"], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const [line] = (await once(createInterface(child.stdout), "line")) as [string]
  const url = /^listening (\S+)$/.exec(line)?.[1]
  if (url === undefined) throw new Error(`scimulate target began with: ${line}`)
  const answer = await fetch(`${url}/Users?count=1`, { headers: HEADERS })
  await answer.text()
  if (answer.status !== 200) throw new Error(`The first answer of scimulate target was ${answer.status.toString()}.`)
  return { child, url, answeredMs: performance.now() - startedAt }
}

async function writeUntilKilled({ child, url }: Started): Promise<void> {
  let next = 0
  const write = async (): Promise<void> => {
    while (next < WRITES) {
      const body = userBody(`new${(next++).toString()}`)
      await (await fetch(`${url}/Users`, { method: "POST", headers: HEADERS, body })).text()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, write))
  // Answered or not: the process ends in the middle of it.
  const lastWord = fetch(`${url}/Users`, { method: "POST", headers: HEADERS, body: userBody("last") })
    .then(async (answer) => answer.text())
    .catch(() => undefined)
  await kill(child)
  await lastWord
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit")
  child.kill("SIGKILL")
  await ended
}
