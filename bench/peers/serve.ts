/** `node serve.ts bare|scimmy [FILE]`: one peer in a process of its own; the first line on stdout is its URL and token. */
import { serve } from "@hono/node-server"
import { Hono } from "hono"
import { startScimmy } from "../../test/peers/scimmy-server.ts"
import { createBareScim } from "./bare-scim.ts"

const [name, file = ":memory:"] = process.argv.slice(2)
if (name === "scimmy") {
  const { url, token } = await startScimmy()
  console.log(`${url} ${token}`)
} else {
  const fetch = new Hono().route("/scim/v2", createBareScim(file, "bare")).fetch
  serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
    console.log(`http://127.0.0.1:${port.toString()}/scim/v2 bare`)
  })
}
