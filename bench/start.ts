/** How long `scimulate target` of the built package takes until it answers: on a new file, and on one it was killed over. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import { userBody } from "./dialogue.ts"
import { median } from "./median.ts"
import { startTarget, urlOf } from "./server-process.ts"
import type { ServerProcess } from "./server-process.ts"

interface Started {
  readonly server: ServerProcess
  readonly url: string
  /** From the start of the process to the end of the first answer. */
  readonly answeredMs: number
}

const TOKEN = "bench"
const HEADERS = { authorization: `Bearer ${TOKEN}`, "content-type": SCIM_MEDIA_TYPE }
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
    await second.server.stop("SIGKILL")
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
  const server = await startTarget(main, db, TOKEN)
  const url = urlOf(server)
  const answer = await fetch(`${url}/Users?count=1`, { headers: HEADERS })
  await answer.text()
  if (answer.status !== 200) throw new Error(`The first answer of scimulate target was ${answer.status.toString()}.`)
  return { server, url, answeredMs: performance.now() - startedAt }
}

async function writeUntilKilled({ server, url }: Started): Promise<void> {
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
  await server.stop("SIGKILL")
  await lastWord
}
