import { describe, expect, it, vi } from "vitest"

import { toMs } from "./clock.ts"
import { SystemClock } from "./system-clock.ts"

const START_MS = 1_700_000_000_000

describe("SystemClock", () => {
  it("schedules, cancels and sleeps by the machine's timers, also beyond a timer's longest delay", async () => {
    vi.useFakeTimers({ now: START_MS })
    try {
      const clock = new SystemClock()
      const ran: string[] = []
      clock.schedule(1000, () => void ran.push("second"))
      clock.schedule(1000, () => void ran.push("cancelled"))()
      clock.schedule(toMs({ days: 30 }), () => void ran.push("month"))
      void clock.sleep(2000).then(() => ran.push("slept"))
      await vi.advanceTimersByTimeAsync(toMs({ days: 30 }) - 1)
      expect(ran).toEqual(["second", "slept"])
      await vi.advanceTimersByTimeAsync(1)
      expect(ran).toEqual(["second", "slept", "month"])
      expect(clock.now()).toBe(START_MS + toMs({ days: 30 }))
    } finally {
      vi.useRealTimers()
    }
  })
})
