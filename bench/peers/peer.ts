/** The servers of the comparison, each in a process of its own on a free port of the loopback address. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
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
  { name: "bare server", storage: FILE, start: async () => await startNode("serve.ts", (db) => ["bare", db]) },
  { name: "scimulate target", storage: FILE, start: async () => await startTarget((db) => db) },
  { name: "scimulate target", storage: MEMORY, start: async () => await startTarget(() => ":memory:") },
  { name: "SCIMMY 1.3.5", storage: MEMORY, start: async () => await startNode("serve.ts", () => ["scimmy"]) },
  { name: "scim2-server 0.8.3", storage: MEMORY, start: startScim2Server },
]

const TOKEN = "peers"

/** The reference target, on the file that `toDb` gives. */
export async function startTarget(toDb: (file: string) => string): Promise<Peer> {
  const peer = await startNode("../../cli/bin.mjs", (file) => [
    "target",
    "--port",
    "0",
    "--token",
    TOKEN,
    "--db",
    toDb(file),
  ])
  return { ...peer, url: peer.url.replace(/^listening /, ""), token: TOKEN }
}

/** A script of ours whose first line on stdout names its URL, and its token unless that is known. */
async function startNode(script: string, toArgs: (file: string) => readonly string[]): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-peers-"))
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [path, ...toArgs(join(folder, "peer.db"))], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [string?]
  if (line === undefined) throw new Error(`${script} ended before it listened`)
  const [url = "", token = ""] = line.replace(/^listening /, "").split(" ")
  const stopped = toPeer(child, url, token)
  return {
    ...stopped,
    async stop() {
      await stopped.stop()
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
    if (answer?.ok === true) return toPeer(child, url, TOKEN)
    await pause(50)
  }
  child.kill()
  throw new Error("scim2-server did not answer within 10 s")
}

function toPeer(child: ChildProcess, url: string, token: string): Peer {
  return {
    url,
    token,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return
      child.kill("SIGTERM")
      await once(child, "exit")
    },
  }
}
