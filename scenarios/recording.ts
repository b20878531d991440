/**
 * Records what a case sends and gets. Everything a case does on the wire passes here, its own requests and the job's alike:
 * this is where exchanges get their ids, where secrets end, and where others (clean-up, the oracle) listen in on what really
 * went over the wire. How much of it a report keeps is the report's business.
 */
import { TransportError, toRfc3339, type Clock, type HttpRequest, type HttpResponse } from "../protocol/index.ts"
import type { Exchange } from "../reports/index.ts"
import type { Redactor } from "./redaction.ts"

/** A way to the endpoint. `onFault` hears what stood in front of it for this one request. */
export type Route = (request: HttpRequest, onFault: (fault: string) => void) => Promise<HttpResponse>

/** Who asked: the case itself, the provisioning job of a scenario, or the clean-up. */
export type Sender = "case" | "job" | "cleanup"

/** What really happened, in full and not redacted: for listeners inside the runner only. */
export interface Happening {
  readonly id: string
  readonly sender: Sender
  readonly request: HttpRequest
  readonly outcome: HttpResponse | TransportError
  /** True where a fault answered instead of the endpoint, or hid its answer. */
  readonly faulted: boolean
}

export interface Sent {
  readonly exchange: string
  readonly outcome: HttpResponse | TransportError
}

export interface Recorder {
  /** Sends by a route and records. Transport errors are an outcome, not an exception. */
  send(route: Route, request: HttpRequest, sender: Sender): Promise<Sent>
  /** Hears every exchange as it ends. */
  listen(listener: (happening: Happening) => void): void
  /** Everything recorded so far, oldest first. */
  readonly exchanges: readonly Exchange[]
}

export interface RecorderOptions {
  /** Key of the case: exchange ids are `<key>#<n>`, counted per case, so that concurrency cannot change them. */
  readonly key: string
  /** Real time. */
  readonly clock: Clock
  readonly redactor: Redactor
}

/** Records the exchanges of one case. */
export function createRecorder({ key, clock, redactor }: RecorderOptions): Recorder {
  const exchanges: Exchange[] = []
  const listeners: ((happening: Happening) => void)[] = []

  function redactBody(body: string | null): string | null {
    return body === null ? null : redactor.text(body)
  }

  async function send(route: Route, request: HttpRequest, sender: Sender): Promise<Sent> {
    const exchange: Exchange = {
      id: `${key}#${exchanges.length + 1}`,
      case: key,
      at: toRfc3339(clock.now()),
      request: {
        method: request.method,
        url: redactor.text(request.url),
        headers: redactor.headers(request.headers),
        body: redactBody(request.body),
      },
      response: null,
      ms: 0,
    }
    exchanges.push(exchange)
    const startedMs = clock.now()
    let faulted = false
    const outcome = await outcomeOf(
      route(request, (fault) => {
        faulted = true
        exchange.fault = fault
      }),
    )
    exchange.ms = clock.now() - startedMs
    if (outcome instanceof TransportError) exchange.failure = redactor.text(outcome.message)
    else {
      const { status, headers, body } = outcome
      exchange.response = { status, headers: redactor.headers(headers), body: redactBody(body) }
    }
    for (const listener of listeners) listener({ id: exchange.id, sender, request, outcome, faulted })
    return { exchange: exchange.id, outcome }
  }

  return { send, exchanges, listen: (listener) => void listeners.push(listener) }
}

async function outcomeOf(answer: Promise<HttpResponse>): Promise<HttpResponse | TransportError> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof TransportError) return error
    throw error
  }
}
