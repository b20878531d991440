/** The transport over real sockets. */
import type { Agent } from "undici"

import {
  type HttpRequest,
  type HttpResponse,
  type Scheduler,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"
import { holdTime } from "../clock.ts"
import type { ConnectorOptions } from "./connector.ts"
import { toTransportError } from "./failure.ts"
import { PendingAnswer } from "./pending-answer.ts"

export interface SocketTransportOptions extends ConnectorOptions {
  /** How long a complete answer may take, in milliseconds of real time. */
  readonly timeoutMs: number
  /** The job's clock, which stands still while a request is under way. */
  readonly clock?: Scheduler
}

/** A transport that holds connections open until it is closed. */
export type SocketTransport = Transport & { readonly close: () => Promise<void> }

/**
 * How long an idle connection is kept. Shorter than the idle limit of common servers (gunicorn 2 s, Node and uvicorn 5 s), so that a
 * request is not sent into a connection that the server is just closing.
 */
const IDLE_MS_MAX = 1000

/** The longest answer that is read: far above any page of resources, and it keeps a runaway server from filling the memory. */
const BODY_BYTES_MAX = 64 * 1024 * 1024

/**
 * Sends requests over HTTP/1.1 with kept-alive connections. Redirects are answers like any other: they are never followed. Rejects with
 * {@link TransportError}, and lets addresses outside this machine be connected to only where that is allowed.
 */
export function socketTransport(options: SocketTransportOptions): SocketTransport {
  let agent: Promise<Agent> | undefined
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      return await sendOnce(await (agent ??= openAgent(options)), request, options.timeoutMs)
    } catch (error) {
      throw toTransportError(error, request, options.timeoutMs)
    }
  }
  const { clock } = options
  const transport: Transport = clock === undefined ? send : (request) => holdTime(clock, () => send(request))
  return Object.assign(transport, { close: async () => (await agent)?.destroy() })
}

/** undici is a hundred files: loaded with the first request, since many a run sends none. */
async function openAgent(options: SocketTransportOptions): Promise<Agent> {
  const [undici, { createConnector }] = await Promise.all([import("undici"), import("./connector.ts")])
  return new undici.Agent({
    connect: createConnector(options),
    keepAliveTimeout: IDLE_MS_MAX,
    maxResponseSize: BODY_BYTES_MAX,
    // The deadline of each request limits the whole answer instead.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function sendOnce(agent: Agent, request: HttpRequest, timeoutMs: number): Promise<HttpResponse> {
  const { protocol, origin, pathname, search } = new URL(request.url)
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TransportError("protocol", `A request goes to an http or https URL, not to ${protocol}//.`)
  }
  const { method, headers, body } = request
  const pending = new PendingAnswer(request, timeoutMs)
  try {
    agent.dispatch({ origin, path: pathname + search, method, headers, body }, pending)
  } catch (error) {
    pending.fail(error)
  }
  return pending.answer
}
