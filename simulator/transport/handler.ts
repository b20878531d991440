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
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const fetchRequest = toFetchRequest(request)
    let response: Response
    try {
      response = await handler(fetchRequest)
    } catch (cause) {
      throw new TransportError("reset", `The handler threw instead of answering ${nameRequest(request)}.`, { cause })
    }
    return fromFetchResponse(response, request)
  }
  return clock === undefined ? send : (request) => holdTime(clock, () => send(request))
}
