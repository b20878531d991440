import { describe, expect, it } from "vitest"
import { type Escrow, escrowAfterFailure, type Failure } from "./escrow.ts"

const HOUR = 3_600_000
const failure: Failure = { objectType: "User", objectId: "a", kind: "object", errorCode: "InternalServerError" }

/** Fails at its due time again and again; gives the hours, from the first failure, at which it is tried. */
function attempts(cycleMs: number): number[] {
  const hours: number[] = []
  let escrow: Escrow | null = escrowAfterFailure(null, failure, 0)
  while (escrow !== null) {
    const atMs: number = Math.max(Math.ceil(escrow.notBeforeMs / cycleMs), hours.length === 0 ? 1 : 0) * cycleMs
    hours.push(atMs / HOUR)
    escrow = escrowAfterFailure(escrow, failure, atMs)
  }
  return hours
}

describe("an escrow", () => {
  it("ENG-RETRY-02 ENG-RETRY-05 is tried in the next cycle, at 6, 12 and 24 hours, then daily until 28 days", () => {
    expect(attempts(HOUR)).toEqual([
      1, 6, 12, 24, 48, 72, 96, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336, 360, 384, 408, 432, 456, 480, 504,
      528, 552, 576, 600, 624, 648, 672,
    ])
  })

  it("ENG-RETRY-05 is due at once for the next cycle", () => {
    expect(escrowAfterFailure(null, failure, 1000)).toEqual({
      ...failure,
      firstFailureMs: 1000,
      retryCount: 0,
      notBeforeMs: 1000,
    })
  })

  it("ENG-RETRY-04 counts retries and keeps the latest code", () => {
    const first = escrowAfterFailure(null, failure, 0)
    const second = escrowAfterFailure(first, { ...failure, errorCode: "Timeout" }, 40 * 60_000)
    expect(second).toMatchObject({ errorCode: "Timeout", retryCount: 1, firstFailureMs: 0, notBeforeMs: 6 * HOUR })
  })

  it("ENG-RETRY-05 a failure between two points of the schedule, after a change of the source, waits for the next point", () => {
    const first = escrowAfterFailure(null, failure, 0)
    expect(escrowAfterFailure(first, failure, 7 * HOUR)?.notBeforeMs).toBe(12 * HOUR)
    expect(escrowAfterFailure(first, failure, 24 * HOUR)?.notBeforeMs).toBe(48 * HOUR)
  })

  it("ENG-RETRY-06 is given up when the next retry would lie beyond 28 days", () => {
    const first = escrowAfterFailure(null, failure, 0)
    expect(escrowAfterFailure(first, failure, 671 * HOUR)?.notBeforeMs).toBe(672 * HOUR)
    expect(escrowAfterFailure(first, failure, 672 * HOUR)).toBeNull()
  })
})
