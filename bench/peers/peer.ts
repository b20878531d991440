/** The servers of the comparison, each in a process of its own on a free port of the loopback address. */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { startServer, startTarget as startTargetProcess, stopProcess, urlOf } from "../server-process.ts"
import type { ServerProcess } from "../server-process.ts"
import { freePort, installScim2Server } from "./python-peer.ts"

export interface Peer {
  readonly url: string
  readonly token: string
  readonly pid: number
  stop(): Promise<void>
}

export interface PeerKind {
  readonly name: string
  /** Where it keeps what it is told: who writes to a disk and waits for it does more than who does not. */
  readonly storage: string
  start(): Promise<Peer>
}

const FILE = "file, each write synced"
const MEMORY = "memory"

/** In the order of the table. */
export const PEERS: readonly PeerKind[] = [
  { name: "bare server", storage: FILE, start: async () => await startOwn("bare") },
  { name: "scimulate target", storage: FILE, start: async () => await startTarget((db) => db) },
  { name: "scimulate target", storage: MEMORY, start: async () => await startTarget(() => ":memory:") },
  { name: "SCIMMY 1.3.5", storage: MEMORY, start: async () => await startOwn("scimmy") },
  { name: "scim2-server 0.8.3", storage: MEMORY, start: startScim2Server },
]

const TOKEN = "peers"

const CLONE = fileURLToPath(new URL("../../cli/bin.mjs", import.meta.url))
const SERVE = fileURLToPath(new URL("serve.ts", import.meta.url))

/** The reference target, on the file that `toDb` gives. */
export async function startTarget(toDb: (file: string) => string): Promise<Peer> {
  const folder = createFolder()
  const server = await startTargetProcess(CLONE, toDb(join(folder, "peer.db")), TOKEN)
  return toPeer(server, urlOf(server), TOKEN, folder)
}

/** A server of ours whose first line names its URL and its token. */
async function startOwn(name: string): Promise<Peer> {
  const folder = createFolder()
  const server = await startServer([SERVE, name, join(folder, "peer.db")])
  const [url = "", token = ""] = server.firstLine.split(" ")
  return toPeer(server, url, token, folder)
}

function createFolder(): string {
  return mkdtempSync(join(tmpdir(), "scimulate-peers-"))
}

function toPeer({ pid, stop }: ServerProcess, url: string, token: string, folder: string): Peer {
  return {
    url,
    token,
    pid,
    async stop() {
      await stop("SIGTERM")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startScim2Server(): Promise<Peer> {
  const command = installScim2Server()
  const port = (await freePort()).toString()
  const child = spawn(command, ["--port", port, "--bearer-token", TOKEN], { stdio: "ignore" })
  const url = `http://127.0.0.1:${port}/v2`
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`${url}/ServiceProviderConfig`, { headers: { authorization: `Bearer ${TOKEN}` } }).catch(
      () => null,
    )
    if (answer?.ok === true)
      return { url, token: TOKEN, pid: child.pid ?? 0, stop: () => stopProcess(child, "SIGTERM") }
    await pause(50)
  }
  child.kill()
  throw new Error("scim2-server did not answer within 10 s")
}
