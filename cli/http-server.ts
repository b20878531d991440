/** A server on a port, and its end in good order. */
import type { Server } from "node:http"
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from "@hono/node-server"
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
  readonly answer: (request: Request, peer: Peer) => Response | Promise<Response>
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly scheduler: Scheduler
}

/** @throws EnvironmentError where the port cannot be had */
export async function listen({ answer, host, port, scheduler }: ListenOptions): Promise<HttpServer> {
  let isEnding = false
  const fetch = (request: Request, bindings: HttpBindings | Http2Bindings): Response | Promise<Response> => {
    if (isEnding) bindings.outgoing.setHeader("connection", "close")
    return answer(request, bindings.incoming.socket)
  }
  const server = createAdaptorServer({ fetch })
  if (!("closeIdleConnections" in server)) throw new Error("The adapter made no HTTP/1 server.")
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
