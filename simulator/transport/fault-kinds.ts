/**
 * Ready-made faults, as msw resolvers: `http.patch(path, answerWith(503, { retryAfterSeconds: 120 }))`. What a fault does is one
 * function, when it does it another: `firstRequests`, `afterRequests`, `duringTime`.
 */
import { HttpResponse as MswResponse, type HttpResponseResolver } from "msw"

import { type Clock, SCIM_MEDIA_TYPE, toErrorMessage, TransportError } from "../../protocol/index.ts"
import { type FaultEffect, toEffectResponse } from "./faults.ts"
import { nameRequest, timeoutError } from "./failure.ts"

/** A fault: a resolver for any handler of msw's `http`. */
export type Fault = HttpResponseResolver

function toFault(effect: FaultEffect): Fault {
  return () => toEffectResponse(effect)
}

export interface AnswerOptions {
  /** Sent as Retry-After. */
  readonly retryAfterSeconds?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Raw text, or null for none; unless given, a SCIM error for a status from 400 on, none for others. */
  readonly body?: string | null
}

/** Answers with a status, in the endpoint's place. Nothing reaches the endpoint. */
export function answerWith(status: number, { retryAfterSeconds, headers = {}, body }: AnswerOptions = {}): Fault {
  const error = status < 400 ? null : toErrorMessage(status, undefined, "A fault stood in for the endpoint.")
  const text = body === undefined ? error && JSON.stringify(error) : body
  const allHeaders = {
    ...(text === null ? {} : { "content-type": SCIM_MEDIA_TYPE }),
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    ...headers,
  }
  return () => new MswResponse(text, { status, headers: allHeaders })
}

/** Refuses the credentials: 401 with the challenge of RFC 6750 §3.1. */
export function refuseCredentials(): Fault {
  return answerWith(401, { headers: { "www-authenticate": 'Bearer error="invalid_token"' } })
}

/** Answers 200 with a page of HTML, as a proxy or a sign-in page would. */
export function answerHtml(): Fault {
  const page = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>"
  return answerWith(200, { body: page, headers: { "content-type": "text/html; charset=utf-8" } })
}

/** Breaks the connection before the endpoint sees the request. */
export function breakConnection(): Fault {
  return () => MswResponse.error()
}

/** Never answers; the request does not reach the endpoint. Takes the transport's time limit on its clock. */
export function timeOut(): Fault {
  return toFault({
    name: "timeout",
    async strike({ request, clock, timeoutMs }) {
      await clock.sleep(timeoutMs)
      throw timeoutError(request, timeoutMs)
    },
  })
}

/** The endpoint's own answer, but later. One that takes longer than the time limit has been applied, and is never heard. */
export function slowDown(delayMs: number): Fault {
  return toFault({
    name: `slow by ${delayMs / 1000} s`,
    async strike({ request, send, clock, timeoutMs }) {
      const answer = await send()
      await clock.sleep(Math.min(delayMs, timeoutMs))
      if (delayMs < timeoutMs) return answer
      throw timeoutError(request, timeoutMs)
    },
  })
}

/** The endpoint applies the request, and its answer gets lost: the case in which a client must not assume that nothing happened. */
export function loseAnswer(): Fault {
  return toFault({
    name: "lost answer",
    async strike({ request, send }) {
      await send()
      throw new TransportError("reset", `The connection broke before the answer came: ${nameRequest(request)}.`)
    },
  })
}

/** The endpoint's own answer, with the second half of its body missing. */
export function truncateAnswer(): Fault {
  return toFault({
    name: "truncated answer",
    async strike({ send }) {
      const answer = await send()
      return { ...answer, body: answer.body?.slice(0, Math.floor(answer.body.length / 2)) ?? null }
    },
  })
}

/** Strikes the first so many requests that its handler matches; later ones pass. */
export function firstRequests(count: number, fault: Fault): Fault {
  return countRequests((number) => number <= count, fault)
}

/** Lets so many requests that its handler matches pass, then strikes every one. */
export function afterRequests(count: number, fault: Fault): Fault {
  return countRequests((number) => number > count, fault)
}

function countRequests(strikes: (number: number) => boolean, fault: Fault): Fault {
  let number = 0
  return (info) => {
    number++
    return strikes(number) ? fault(info) : undefined
  }
}

/** Strikes while the clock shows a time from `fromMs` (included) to `untilMs` (excluded), in epoch milliseconds; for ever unless it ends. */
export function duringTime(
  clock: Clock,
  span: { readonly fromMs: number; readonly untilMs?: number },
  fault: Fault,
): Fault {
  const { fromMs, untilMs = Number.POSITIVE_INFINITY } = span
  return (info) => {
    const nowMs = clock.now()
    return nowMs >= fromMs && nowMs < untilMs ? fault(info) : undefined
  }
}
