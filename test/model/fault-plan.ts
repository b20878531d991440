/** Faults as data: what goes wrong, for which requests, and from when until when. All of design.md's kinds. */
import * as fc from "fast-check"
import { http, type HttpHandler, type HttpResponseResolver } from "msw"
import type { Clock } from "../../protocol/index.ts"
import {
  afterRequests,
  answerHtml,
  answerWith,
  breakConnection,
  duringTime,
  type Fault,
  firstRequests,
  loseAnswer,
  refuseCredentials,
  slowDown,
  timeOut,
  truncateAnswer,
} from "../../simulator/index.ts"

/** How long a request may take, on the clock of the history. */
export const TIMEOUT_MS = 30_000

/**
 * Each kind by name. No 404: of an object it is the truth, by which Entra gives up the link (ENG-MATCH-09), and no fault on the way.
 */
const KINDS = {
  "status 400": () => answerWith(400),
  "status 403": () => answerWith(403),
  "status 409": () => answerWith(409),
  "status 422": () => answerWith(422),
  "status 429": () => answerWith(429),
  "status 429, Retry-After 20": () => answerWith(429, { retryAfterSeconds: 20 }),
  "status 500": () => answerWith(500),
  "status 501": () => answerWith(501),
  "status 503": () => answerWith(503),
  "status 503, Retry-After 120": () => answerWith(503, { retryAfterSeconds: 120 }),
  timeout: timeOut,
  reset: breakConnection,
  slow: () => slowDown(5_000),
  "slower than the limit": () => slowDown(TIMEOUT_MS + 15_000),
  "truncated answer": truncateAnswer,
  "not JSON": answerHtml,
  "lost answer": loseAnswer,
  "refused credentials": refuseCredentials,
} as const satisfies Record<string, () => Fault>

type FaultKind = keyof typeof KINDS
const FAULT_KINDS = Object.keys(KINDS).filter((kind): kind is FaultKind => kind in KINDS)

type Method = "all" | "get" | "post" | "patch" | "delete"

/** By count, by place in the sequence, or by time of the clock. */
type When =
  | { readonly by: "first"; readonly count: number }
  | { readonly by: "after"; readonly count: number; readonly strikes: number }
  | { readonly by: "time"; readonly minutes: number }

export interface DrawnFault {
  readonly kind: FaultKind
  readonly method: Method
  readonly path: "*" | "*/Users*" | "*/Groups*"
  readonly when: When
}

export const drawnFaults: fc.Arbitrary<DrawnFault> = fc.record({
  // An answer that is lost to a create is what doubles come of, so it is drawn more often than the rest.
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...FAULT_KINDS) },
    { weight: 1, arbitrary: fc.constant("lost answer") },
  ),
  method: fc.constantFrom<Method>("all", "get", "post", "post", "patch", "patch", "delete"),
  path: fc.constantFrom<DrawnFault["path"]>("*", "*/Users*", "*/Groups*"),
  when: fc.oneof(
    fc.record({ by: fc.constant("first" as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      by: fc.constant("after" as const),
      count: fc.integer({ min: 1, max: 8 }),
      strikes: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      by: fc.constant("time" as const),
      minutes: fc.constantFrom(5, 60, 60, 12 * 60, 3 * 24 * 60, 35 * 24 * 60),
    }),
  ),
})

/** A fault in its place. */
export interface ActiveFault {
  readonly handler: HttpHandler
  /** Whether it can't strike any more. */
  readonly isOver: () => boolean
}

/** Puts a fault in place, from now on. */
export function activate({ kind, method, path, when }: DrawnFault, clock: Clock): ActiveFault {
  const fault = KINDS[kind]()
  if (when.by === "time") {
    const untilMs = clock.now() + when.minutes * 60_000
    return {
      handler: http[method](path, duringTime(clock, { fromMs: clock.now(), untilMs }, fault)),
      isOver: () => clock.now() >= untilMs,
    }
  }
  const last = when.by === "first" ? when.count : when.count + when.strikes
  const limited = when.by === "first" ? fault : afterRequests(when.count, fault)
  const resolver = firstRequests(last, limited)
  let seen = 0
  const counted: HttpResponseResolver = (info) => {
    seen += 1
    return resolver(info)
  }
  return { handler: http[method](path, counted), isOver: () => seen >= last }
}

export function describeFault({ kind, method, path, when }: DrawnFault): string {
  const which = `${method === "all" ? "any request" : method.toUpperCase()} to ${path}`
  switch (when.by) {
    case "first":
      return `${kind}: the next ${when.count} of ${which}`
    case "after":
      return `${kind}: after ${when.count} more, ${when.strikes} of ${which}`
    case "time":
      return `${kind}: for ${when.minutes} minutes, ${which}`
  }
}
