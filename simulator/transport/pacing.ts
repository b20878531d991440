/** A limit on requests per second, in front of any transport: what gallery applications have, and others have not (WIRE-221, RES-04). */
import type { Scheduler, Transport } from "../../protocol/index.ts"

/**
 * A transport that starts at most so many requests in a second of the clock, evenly spaced and in the order they come.
 * `perSecond` is asked at each request; null lets it through at once.
 */
export function paced(transport: Transport, clock: Scheduler, perSecond: () => number | null): Transport {
  let freeFromMs = Number.NEGATIVE_INFINITY
  return (request) => {
    const rate = perSecond()
    // The usual case, which costs nothing.
    if (rate === null) return transport(request)
    const nowMs = clock.now()
    const startMs = Math.max(nowMs, freeFromMs)
    freeFromMs = startMs + 1000 / rate
    return clock.sleep(startMs - nowMs).then(() => transport(request))
  }
}
