/** A server on a port, and its end in good order. */
import { createServer } from "node:http"
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import { getRequestListener } from "@hono/node-server"
import type { Http2Bindings, HttpBindings } from "@hono/node-server"
import type { Scheduler } from "../protocol/index.ts"
import type { Peer } from "../target/index.ts"
import { EnvironmentError, messageOf } from "./errors.ts"

/** Requests under way get so long to end, once the server is told to. */
const DRAIN_MS = 10_000
/** How often connections are looked at meanwhile. */
const LOOK_MS = 20

export interface HttpServer {
  readonly port: number
  /**
   * Accepts nothing new, lets what is under way end, and closes. Connections that are kept alive are told to go with their
   * next answer; whoever does not is cut off after ten seconds.
   */
  close(): Promise<void>
}

export interface ListenOptions {
  /** Answers any request. */
  readonly fetch: (request: Request, peer: Peer) => Response | Promise<Response>
  /** Answers what it can at once, straight from the socket; false where `fetch` has to. */
  readonly serve?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly scheduler: Scheduler
}

/** @throws EnvironmentError where the port cannot be had */
export async function listen({ fetch, serve, host, port, scheduler }: ListenOptions): Promise<HttpServer> {
  let isEnding = false
  const respond = getRequestListener((request: Request, { incoming }: HttpBindings | Http2Bindings) =>
    fetch(request, incoming.socket),
  )
  const server = createServer((incoming, outgoing) => {
    if (isEnding) outgoing.setHeader("connection", "close")
    if (serve?.(incoming, outgoing) !== true) void respond(incoming, outgoing)
  })
  const bound = await bind(server, host, port)
  return {
    port: bound,
    close: () => {
      isEnding = true
      return drain(server, scheduler)
    },
  }
}

async function bind(server: Server, host: string, port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "EADDRINUSE" ? "something else listens there" : messageOf(cause)
      reject(
        new EnvironmentError("ENV_PORT", `cannot listen on ${host}:${port} (${reason})`, {
          cause,
          hint: "choose another with --port N; --port 0 takes a free one",
        }),
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })
}

async function drain(server: Server, scheduler: Scheduler): Promise<void> {
  let isClosed = false
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      isClosed = true
      resolve()
    })
  })
  const deadline = scheduler.now() + DRAIN_MS
  for (;;) {
    server.closeIdleConnections()
    await Promise.race([closed, scheduler.sleep(LOOK_MS)])
    if (isClosed) return
    if (scheduler.now() >= deadline) server.closeAllConnections()
  }
}
