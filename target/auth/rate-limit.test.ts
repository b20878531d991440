import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { RateLimiter } from "./rate-limit.ts"

describe("RateLimiter", () => {
  it("never lets more through than the allowance and what came back since, and always that much", () => {
    const limits = fc.record({ requests: fc.integer({ min: 1, max: 50 }), perMs: fc.integer({ min: 1, max: 100_000 }) })
    const pauses = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(limits, pauses, (limit, pausesMs) => {
        let nowMs = 0
        const limiter = new RateLimiter({ now: () => nowMs }, limit)
        // A bucket counted in whole requests, kept by hand.
        let level = limit.requests
        for (const pauseMs of pausesMs) {
          nowMs += pauseMs
          level = Math.min(limit.requests, level + (pauseMs * limit.requests) / limit.perMs)
          const isLetThrough = limiter.take() === 0
          // On the edge itself, rounding may decide either way.
          if (Math.abs(level - 1) > 1e-6) expect(isLetThrough).toBe(level > 1)
          if (isLetThrough) level -= 1
        }
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it("says how long to wait, and lets through after exactly that", () => {
    let nowMs = 1_772_366_400_000
    const limiter = new RateLimiter({ now: () => nowMs }, { requests: 7, perMs: 1000 })
    for (let request = 0; request < 7; request += 1) expect(limiter.take()).toBe(0)
    const waitMs = limiter.take()
    expect(waitMs).toBeCloseTo(1000 / 7, 6)
    nowMs += waitMs
    expect(limiter.take()).toBe(0)
    expect(limiter.take()).toBeGreaterThan(0)
  })

  it("stands still when the clock goes back", () => {
    let nowMs = 10_000
    const limiter = new RateLimiter({ now: () => nowMs }, { requests: 1, perMs: 1000 })
    expect(limiter.take()).toBe(0)
    nowMs = 0
    expect(limiter.take()).toBe(1000)
  })

  it("refuses a limit that lets nobody through", () => {
    for (const limit of [
      { requests: 0, perMs: 1 },
      { requests: 1, perMs: 0 },
      { requests: NaN, perMs: 1 },
    ]) {
      expect(() => new RateLimiter({ now: () => 0 }, limit)).toThrow(RangeError)
    }
  })
})
