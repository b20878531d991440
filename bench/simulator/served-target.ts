/** The reference target in a process of its own, on a file of its own. */
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export interface ServedTarget {
  readonly origin: string
  stop(): Promise<void>
}

/** Starts it; `folder` keeps its database. Its token is "bench". */
export async function serveTarget(folder: string): Promise<ServedTarget> {
  const program = fileURLToPath(new URL("../child.ts", import.meta.url))
  const child: ChildProcess = fork(program, ["target", join(folder, "target.db")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const [{ port }] = (await once(child, "message")) as [{ port: number }]
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.send("stop")
      await once(child, "exit")
    },
  }
}
