/** One side of a comparison: a server in its own process, on a file that is full of people. */
import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Pool } from "undici"
import { SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import { askBare, askTarget, PAGE_SIZE } from "./dialogue.ts"
import type { Ask, BenchRequest, Operation, Subject } from "./dialogue.ts"
import { fillBare, fillTarget } from "./fixture.ts"

/** The target, and the bare server with a commit per write or with commits shared as the target's are. */
export type SideName = "bare" | "bare-shared" | "target"

export interface SideOptions {
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
  memory(): Promise<number>
  close(): Promise<void>
}

const CONNECTIONS = 4
const FEW_MEMBERS = 10
/** Pages come from the beginning of the list: behind it the bare server walks past everybody in front. */
const LAST_OFFSET = 1_900

async function tell<T>(child: ChildProcess, message: string): Promise<T> {
  const answer = once(child, "message")
  child.send(message)
  const [value] = (await answer) as [T]
  return value
}

/** Fills the file of one side and starts its server. */
export async function openSide(name: SideName, options: SideOptions): Promise<Side> {
  const { users, measurements, manyMembers, stride } = options
  const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  const file = join(folder, `${name}.db`)
  const groups = [FEW_MEMBERS, manyMembers].flatMap((members) => Array.from({ length: measurements }, () => members))
  const ids = await (name === "target" ? fillTarget : fillBare)(file, { users, groups })
  const ask: Ask = name === "target" ? askTarget : askBare
  const child = fork(new URL("child.ts", import.meta.url).pathname, [name, file], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const [{ port }] = (await once(child, "message")) as [{ port: number }]
  const pool = new Pool(`http://127.0.0.1:${port.toString()}`, { connections: CONNECTIONS })

  async function send(request: BenchRequest): Promise<void> {
    const answer = await pool.request({
      method: request.method,
      path: request.path,
      headers: {
        authorization: "Bearer bench",
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
      // Who is a member already would cost nothing: the last users are, so the first are added one after the other.
      user: isAdding ? n : ((start + n) * stride) % users,
      group,
      fresh: fresh++,
      offset: (n * PAGE_SIZE) % Math.min(users - PAGE_SIZE, LAST_OFFSET),
    })
  }

  async function measure(operation: Operation, count: number): Promise<{ rate: number; cpuUs: number }> {
    const subjectOf = subjectsOf(operation)
    const requests = Array.from({ length: count }, (_, n) => ask(operation, subjectOf(n)))
    const before = await tell<{ cpu: NodeJS.CpuUsage }>(child, "cpu")
    const startedAt = performance.now()
    let next = 0
    async function worker(): Promise<void> {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) await send(request)
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, worker))
    const seconds = (performance.now() - startedAt) / 1000
    const after = await tell<{ cpu: NodeJS.CpuUsage }>(child, "cpu")
    const cpuUs = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
    return { rate: count / seconds, cpuUs: cpuUs / count }
  }

  return {
    name,
    measure,
    memory: async () => (await tell<{ rss: number }>(child, "memory")).rss,
    async close() {
      await pool.close()
      child.send("stop")
      await once(child, "exit")
      rmSync(folder, { recursive: true })
    },
  }
}
