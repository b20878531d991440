import { describe, expect, it } from "vitest"
import { DEFAULT_INTERVAL_MS, nextCycleStartMs, toIsoDuration } from "./schedule.ts"

const MINUTE = 60_000
const next = (startedMs: number, endedMs: number, quarantineAttemptMs: number | null = null): number =>
  nextCycleStartMs({ startedMs, endedMs, intervalMs: DEFAULT_INTERVAL_MS, quarantineAttemptMs })

describe("the next cycle", () => {
  it("ENG-CYCLE-06 ENG-CYCLE-07 starts 40 minutes after the start of the last", () => {
    expect(next(0, 10 * MINUTE)).toBe(40 * MINUTE)
  })

  it("ENG-CYCLE-07 follows at once when the last one outlasted its slot", () => {
    expect(next(0, 55 * MINUTE)).toBe(55 * MINUTE)
  })

  it("ENG-CYCLE-09 waits for the quarantine's next attempt", () => {
    expect(next(0, 1, 30 * MINUTE)).toBe(30 * MINUTE)
    expect(next(0, 1, 480 * MINUTE)).toBe(480 * MINUTE)
  })
})

it("ENG-CYCLE-06 the interval reads PT40M", () => {
  expect(toIsoDuration(DEFAULT_INTERVAL_MS)).toBe("PT40M")
  expect(toIsoDuration(90 * MINUTE + 5000)).toBe("PT1H30M5S")
  expect(toIsoDuration(0)).toBe("PT0S")
})
