/** Serves one side of a comparison in a process of its own and tells how much processor time and memory it uses. */
import { serve } from "@hono/node-server"
import { SystemClock, systemOrderedIds } from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { createBareServer } from "./bare-server.ts"

const [side, file] = process.argv.slice(2)
if (file === undefined) throw new Error("usage: child.ts bare|bare-shared|target FILE")

function handlerOf(db: string): { fetch(request: Request): Response | Promise<Response> } {
  if (side === "bare") return createBareServer(db, "own")
  if (side === "bare-shared") return createBareServer(db, "shared")
  return createTarget({ clock: new SystemClock(), ids: systemOrderedIds, db, tokens: ["bench"] })
}

const handler = handlerOf(file)
const server = serve({ fetch: (request) => handler.fetch(request), port: 0, hostname: "127.0.0.1" }, (address) => {
  process.send?.({ port: address.port })
})

process.on("message", (message) => {
  if (message === "cpu") process.send?.({ cpu: process.cpuUsage() })
  if (message === "memory") process.send?.({ rss: process.memoryUsage.rss() })
  if (message === "stop") {
    server.close()
    process.exit(0)
  }
})
