/** The transport into a fetch handler of the same process: no socket, no port. */
import {
  type HttpRequest,
  type HttpResponse,
  type Scheduler,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"
import { holdTime } from "../clock.ts"
import { fromFetchResponse, toFetchRequest } from "./fetch-shapes.ts"
import { nameRequest } from "./failure.ts"

/** What Hono, Workers and others call a fetch handler. */
export type FetchHandler = (request: Request) => Response | Promise<Response>

export interface HandlerTransportOptions {
  /** The job's clock, which stands still while a request is under way. */
  readonly clock?: Scheduler
}

/**
 * Sends requests straight into a fetch handler. A handler that throws or gives `Response.error()` has broken the connection:
 * {@link TransportError} `reset`.
 */
export function handlerTransport(handler: FetchHandler, { clock }: HandlerTransportOptions = {}): Transport {
  const send = async (request: HttpRequest): Promise<HttpResponse> =>
    fromFetchResponse(await answer(handler, request), request)
  return clock === undefined ? send : (request) => holdTime(clock, () => send(request))
}

async function answer(handler: FetchHandler, request: HttpRequest): Promise<Response> {
  const fetchRequest = toFetchRequest(request)
  try {
    return await handler(fetchRequest)
  } catch (cause) {
    throw new TransportError("reset", `The handler threw instead of answering ${nameRequest(request)}.`, { cause })
  }
}
