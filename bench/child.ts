/** Serves one side of a comparison in a process of its own and tells how much processor time and memory it uses. */
import { serve } from "@hono/node-server"
import { listen } from "../cli/http-server.ts"
import { SystemClock, systemOrderedIds } from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { createBareServer } from "./bare-server.ts"

const HOST = "127.0.0.1"

const [side, file] = process.argv.slice(2)
if (file === undefined) throw new Error("usage: child.ts bare|bare-shared|target FILE")

/** As `scimulate target` serves it. */
async function serveTarget(db: string): Promise<number> {
  const clock = new SystemClock()
  const stopwatch = (): number => performance.now()
  const target = createTarget({ clock, ids: systemOrderedIds, stopwatch, db, tokens: ["bench"] })
  const { port } = await listen({ ...target, host: HOST, port: 0, scheduler: clock })
  return port
}

function serveBare(db: string): Promise<number> {
  const bare = createBareServer(db, side === "bare" ? "own" : "shared")
  return new Promise((resolve) => {
    serve({ fetch: (request) => bare.fetch(request), port: 0, hostname: HOST }, ({ port }) => resolve(port))
  })
}

process.on("message", (message) => {
  if (message === "cpu") process.send?.({ cpu: process.cpuUsage() })
  if (message === "memory") process.send?.({ rss: process.memoryUsage.rss() })
  if (message === "stop") process.exit(0)
})

process.send?.({ port: await (side === "target" ? serveTarget(file) : serveBare(file)) })
