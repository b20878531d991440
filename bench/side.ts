/** One side of a comparison: a server in its own process, on a file that is full of people. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Pool } from "undici"
import { SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import { askBare, askTarget, PAGE_SIZE } from "./dialogue.ts"
import type { Ask, BenchRequest, Operation, Subject } from "./dialogue.ts"
import { fillBare, fillTarget } from "./fixture.ts"
import { memoryBytes, processorTimeUs } from "./process-use.ts"
import { startServer, startTarget, urlOf } from "./server-process.ts"
import type { ServerProcess } from "./server-process.ts"

/** The target, and the bare server with a commit per write or with commits shared as the target's are. */
export type SideName = "bare" | "bare-shared" | "target"

export interface SideOptions {
  /** The built package's command. */
  readonly main: string
  /** Stored before the server starts. */
  readonly users: number
  /** Measurements of each operation that are to come: each adds members to a group of its own. */
  readonly measurements: number
  /** Members of the groups that `addMemberOfMany` adds to. */
  readonly manyMembers: number
  /** From one request to the next, so many stored people are passed over. */
  readonly stride: number
}

export interface Side {
  readonly name: SideName
  /** Sends the operation `count` times, `connections` at once; gives requests a second and server microseconds a request. */
  measure(operation: Operation, count: number): Promise<{ rate: number; cpuUs: number }>
  /** Resident memory of the server in bytes. */
  memory(): number
  close(): Promise<void>
}

const CONNECTIONS = 4
const FEW_MEMBERS = 10
/** Pages come from the beginning of the list: behind it the bare server walks past everybody in front. */
const LAST_OFFSET = 1_900

const TOKEN = "bench"
const BARE = fileURLToPath(new URL("bare-process.ts", import.meta.url))

/** The target is the built package, as its users run it. */
function startSide(name: SideName, file: string, main: string): Promise<ServerProcess> {
  return name === "target"
    ? startTarget(main, file, TOKEN)
    : startServer([BARE, name === "bare" ? "own" : "shared", file])
}

/** Fills the file of one side and starts its server. */
export async function openSide(name: SideName, options: SideOptions): Promise<Side> {
  const { main, users, measurements, manyMembers, stride } = options
  const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  const file = join(folder, `${name}.db`)
  const groups = [FEW_MEMBERS, manyMembers].flatMap((members) => Array.from({ length: measurements }, () => members))
  const ids = await (name === "target" ? fillTarget : fillBare)(file, { users, groups })
  const ask: Ask = name === "target" ? askTarget : askBare
  const server = await startSide(name, file, main)
  const { pid } = server
  const pool = new Pool(new URL(urlOf(server)).origin, { connections: CONNECTIONS })

  async function send(request: BenchRequest): Promise<void> {
    const answer = await pool.request({
      method: request.method,
      path: request.path,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(request.body === undefined ? {} : { "content-type": SCIM_MEDIA_TYPE }),
      },
      body: request.body ?? null,
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300)
      throw new Error(`${name}: ${request.method} ${request.path}: ${answer.statusCode.toString()} ${text}`)
  }

  let fresh = 0
  let fewUsed = 0
  let manyUsed = measurements

  /** Whom the nth repetition of a measurement is about. */
  function subjectsOf(operation: Operation): (n: number) => Subject {
    const isAdding = operation === "addMember" || operation === "addMemberOfMany"
    const group = operation === "addMember" ? fewUsed++ : operation === "addMemberOfMany" ? manyUsed++ : 0
    const start = Math.floor(fresh / 7)
    return (n) => ({
      ids,
      // The last users are members already. To add them again would cost nothing, and to show them something that the bare
      // server does not have: their groups.
      user: isAdding ? n : ((start + n) * stride) % (users - manyMembers),
      group,
      fresh: fresh++,
      offset: (n * PAGE_SIZE) % Math.min(users - PAGE_SIZE, LAST_OFFSET),
    })
  }

  async function measure(operation: Operation, count: number): Promise<{ rate: number; cpuUs: number }> {
    const subjectOf = subjectsOf(operation)
    const requests = Array.from({ length: count }, (_, n) => ask(operation, subjectOf(n)))
    const before = processorTimeUs(pid) ?? Number.NaN
    const startedAt = performance.now()
    let next = 0
    async function worker(): Promise<void> {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) await send(request)
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, worker))
    const seconds = (performance.now() - startedAt) / 1000
    const cpuUs = (processorTimeUs(pid) ?? Number.NaN) - before
    return { rate: count / seconds, cpuUs: cpuUs / count }
  }

  return {
    name,
    measure,
    memory: () => memoryBytes(pid) ?? Number.NaN,
    async close() {
      await pool.close()
      await server.stop("SIGKILL")
      rmSync(folder, { recursive: true })
    },
  }
}
