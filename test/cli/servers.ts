/** Small servers on loopback that behave badly in one way each. */
import { getRequestListener } from "@hono/node-server"
import { createServer, type RequestListener } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { once } from "node:events"
import type { AddressInfo } from "node:net"

export interface TestServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  /** Method and path of each request so far. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** Serves on a free port of loopback. With `tls`, over https. */
export async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<TestServer> {
  const asked: string[] = []
  const recording: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  }
  const server = tls === undefined ? createServer(recording) : createTlsServer(tls, recording)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return {
    origin: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

/** A port on which nobody listens: it was just given back. */
export async function freeOrigin(): Promise<string> {
  const server = await serve(() => undefined)
  await server.close()
  return server.origin
}

/** Serves a fetch handler on a free port of loopback. With `tls`, over https. */
export async function serveFetch(
  fetch: (request: Request) => Promise<Response>,
  tls?: { key: string; cert: string },
): Promise<TestServer> {
  const listener = getRequestListener(fetch)
  return await serve((request, response) => void listener(request, response), tls)
}
