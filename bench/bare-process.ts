/** Serves the bare server in a process of its own. */
import { serve } from "@hono/node-server"
import { createBareServer } from "./bare-server.ts"

const [commits, file] = process.argv.slice(2)
if (file === undefined || (commits !== "own" && commits !== "shared")) throw new Error("usage: own|shared FILE")

const bare = createBareServer(file, commits)
serve({ fetch: (request) => bare.fetch(request), port: 0, hostname: "127.0.0.1" }, ({ port }) => {
  console.log(`listening http://127.0.0.1:${port.toString()}`)
})
