/** One side of a comparison: a server in its own process and the requests that each operation sends it. */
import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Pool } from "undici"
import { GROUP_URN, PATCH_OP_URN, SCIM_MEDIA_TYPE, USER_URN } from "../protocol/index.ts"

export const OPERATIONS = ["create", "get", "lookup", "page", "patch", "addMember"] as const
export type Operation = (typeof OPERATIONS)[number]

interface BenchRequest {
  readonly method: "GET" | "POST" | "PATCH"
  readonly path: string
  readonly body?: string
}

/** What both sides answer to: how to ask for the nth repetition of an operation. */
interface Dialogue {
  user(n: number): BenchRequest
  group(n: number): BenchRequest
  ask(operation: Exclude<Operation, "create">, n: number, ids: Ids): BenchRequest
}

interface Ids {
  readonly users: readonly string[]
  readonly group: string
}

/** The target, and the bare server with a commit per write or with commits shared as the target's are. */
export type SideName = "bare" | "bare-shared" | "target"

export interface Side {
  readonly name: SideName
  /** Sends the operation `count` times, `connections` at once; gives requests a second and server microseconds a request. */
  measure(operation: Operation, count: number): Promise<{ rate: number; cpuUs: number }>
  close(): Promise<void>
}

const CONNECTIONS = 4
const STORED_USERS = 2_000

function userBody(n: number): string {
  return JSON.stringify({
    schemas: [USER_URN],
    userName: `person${n.toString()}@bench.example`,
    externalId: `person${n.toString()}`,
    displayName: `Person ${n.toString()}`,
    active: true,
    name: { givenName: "Person", familyName: n.toString(), formatted: `Person ${n.toString()}` },
    emails: [{ type: "work", primary: true, value: `person${n.toString()}@bench.example` }],
  })
}

function patchBody(operation: unknown): string {
  return JSON.stringify({ schemas: [PATCH_OP_URN], Operations: [operation] })
}

function at<T>(list: readonly T[], n: number): T {
  const item = list[n % list.length]
  if (item === undefined) throw new Error("nothing is stored yet")
  return item
}

const bareDialogue: Dialogue = {
  user: (n) => ({ method: "POST", path: "/items", body: userBody(n) }),
  group: (n) => ({ method: "POST", path: "/items", body: JSON.stringify({ userName: `group ${n.toString()}` }) }),
  ask(operation, n, ids) {
    switch (operation) {
      case "get":
        return { method: "GET", path: `/items/${at(ids.users, n)}` }
      case "lookup":
        return { method: "GET", path: `/items?name=person${(n % STORED_USERS).toString()}%40bench.example` }
      case "patch":
        return {
          method: "PATCH",
          path: `/items/${at(ids.users, n)}`,
          body: JSON.stringify({ value: `Name ${n.toString()}` }),
        }
      case "addMember":
        return { method: "POST", path: `/lists/${ids.group}`, body: JSON.stringify({ value: at(ids.users, n) }) }
      case "page":
        return { method: "GET", path: `/items?count=100&start=${((n * 100) % 1_900).toString()}` }
    }
  },
}

const targetDialogue: Dialogue = {
  user: (n) => ({ method: "POST", path: "/scim/v2/Users", body: userBody(n) }),
  group: (n) => ({
    method: "POST",
    path: "/scim/v2/Groups",
    body: JSON.stringify({ schemas: [GROUP_URN], displayName: `group ${n.toString()}` }),
  }),
  ask(operation, n, ids) {
    switch (operation) {
      case "get":
        return { method: "GET", path: `/scim/v2/Users/${at(ids.users, n)}` }
      case "lookup": {
        const name = `person${(n % STORED_USERS).toString()}%40bench.example`
        return { method: "GET", path: `/scim/v2/Users?filter=userName+eq+%22${name}%22` }
      }
      case "patch":
        return {
          method: "PATCH",
          path: `/scim/v2/Users/${at(ids.users, n)}`,
          body: patchBody({ op: "Replace", path: "displayName", value: `Name ${n.toString()}` }),
        }
      case "addMember":
        return {
          method: "PATCH",
          path: `/scim/v2/Groups/${ids.group}`,
          body: patchBody({ op: "Add", path: "members", value: [{ value: at(ids.users, n) }] }),
        }
      case "page":
        return { method: "GET", path: `/scim/v2/Users?count=100&startIndex=${(((n * 100) % 1_900) + 1).toString()}` }
    }
  },
}

async function tell<T>(child: ChildProcess, message: string): Promise<T> {
  const answer = once(child, "message")
  child.send(message)
  const [value] = (await answer) as [T]
  return value
}

/** Starts the server of one side on a database file of its own and stores the people that the operations need. */
export async function openSide(name: SideName): Promise<Side> {
  const file = join(mkdtempSync(join(tmpdir(), "scimulate-bench-")), `${name}.db`)
  const child = fork(new URL("child.ts", import.meta.url).pathname, [name, file], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const [{ port }] = (await once(child, "message")) as [{ port: number }]
  const pool = new Pool(`http://127.0.0.1:${port.toString()}`, { connections: CONNECTIONS })
  const dialogue = name === "target" ? targetDialogue : bareDialogue

  async function send(request: BenchRequest): Promise<string> {
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
    return text
  }

  function idOf(text: string): string {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && "id" in value && typeof value.id === "string") return value.id
    throw new Error(`${name}: no id in ${text.slice(0, 200)}`)
  }

  let created = 0
  const users: string[] = []
  while (users.length < STORED_USERS) users.push(idOf(await send(dialogue.user(created++))))
  let groups = 0

  async function measure(operation: Operation, count: number): Promise<{ rate: number; cpuUs: number }> {
    // A group of its own for each measurement: adding somebody who is there already would cost nothing.
    const ids: Ids = { users, group: idOf(await send(dialogue.group(groups++))) }
    const requests = Array.from({ length: count }, (_, n) =>
      operation === "create" ? dialogue.user(created++) : dialogue.ask(operation, n, ids),
    )
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
    async close() {
      await pool.close()
      child.send("stop")
      await once(child, "exit")
    },
  }
}
