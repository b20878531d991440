/**
 * Faults on the way: standard msw handlers in front of any transport. Nothing global is patched, so cases run side by side.
 * A resolver may give any response of its own; ready-made faults (fault-kinds.ts) may also act on the real exchange, such as letting
 * a request through and losing its answer.
 */
import { getResponse, type HttpHandler, isPassthroughResponse } from "msw"

import type { HttpRequest, HttpResponse, Scheduler, Transport } from "../../protocol/index.ts"
import { SystemClock } from "../system-clock.ts"
import { fromFetchResponse, toFetchRequest } from "./fetch-shapes.ts"

export interface FaultOptions {
  /** The clock that slow answers and timeouts take their time from; the system's by default. */
  readonly clock?: Scheduler
  /** How long a request waits for an answer that never comes, in milliseconds on that clock; 100 s by default. */
  readonly timeoutMs?: number
  /** Hears of each fault that stood in for the endpoint, in a few words, as it strikes. */
  readonly onFault?: (fault: string, request: HttpRequest) => void
}

/** What a ready-made fault has at hand. */
interface FaultSetting {
  readonly request: HttpRequest
  /** Lets the request through to the endpoint. */
  readonly send: () => Promise<HttpResponse>
  readonly clock: Scheduler
  readonly timeoutMs: number
}

/** What a ready-made fault does instead of answering by itself. */
export interface FaultEffect {
  readonly name: string
  readonly strike: (setting: FaultSetting) => Promise<HttpResponse>
}

/** How long the service waits is unpublished; this is the recommended model (ENG-PERF-04, inferred). */
const TIMEOUT_MS = 100_000

/** Effects travel through msw as responses of their own; which is which is known by identity. */
const effects = new WeakMap<Response, FaultEffect>()

/** A response that stands for an effect: for resolvers. */
export function toEffectResponse(effect: FaultEffect): Response {
  const response = new Response()
  effects.set(response, effect)
  return response
}

/**
 * A transport with faults in front. The first handler that gives a response decides; where none does, or one gives `passthrough()`, the
 * request goes on to `transport`. A function is asked for the current list at each request. An error that a resolver throws is thrown on.
 */
export function withFaults(
  transport: Transport,
  handlers: readonly HttpHandler[] | (() => readonly HttpHandler[]),
  { clock = new SystemClock(), timeoutMs = TIMEOUT_MS, onFault }: FaultOptions = {},
): Transport {
  return async (request) => {
    const list = typeof handlers === "function" ? handlers() : handlers
    const response = list.length === 0 ? undefined : await getResponse([...list], toFetchRequest(request))
    if (response === undefined || isPassthroughResponse(response)) return transport(request)
    const effect = effects.get(response)
    onFault?.(effect?.name ?? describe(response), request)
    if (effect === undefined) return fromFetchResponse(response, request)
    return effect.strike({ request, send: () => transport(request), clock, timeoutMs })
  }
}

function describe(response: Response): string {
  if (response.type === "error") return "connection broken"
  const retryAfter = response.headers.get("retry-after")
  return `status ${response.status}${retryAfter === null ? "" : `, Retry-After ${retryAfter}`}`
}
