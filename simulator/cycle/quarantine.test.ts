import { describe, expect, it } from "vitest"
import {
  countedReason,
  DEFAULT_QUARANTINE_RULES,
  imposeQuarantine,
  isExpired,
  type Quarantine,
  type QuarantineCause,
} from "./quarantine.ts"

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const cause: QuarantineCause = {
  reason: "EncounteredQuarantineException",
  error: { code: "SystemForCrossDomainIdentityManagementInvalidCredentials", message: "no", tenantActionable: true },
}

/** Imposed anew at each attempt: the delays between attempts, in hours. */
function delays(count: number, firstDelayMs?: number): number[] {
  const rules = { ...DEFAULT_QUARANTINE_RULES, ...(firstDelayMs !== undefined && { firstDelayMs }) }
  let quarantine: Quarantine | null = null
  let nowMs = 0
  return Array.from({ length: count }, () => {
    quarantine = imposeQuarantine(quarantine, cause, nowMs, rules)
    const delayMs = quarantine.nextAttemptMs - nowMs
    nowMs = quarantine.nextAttemptMs
    return delayMs / 60 / MINUTE
  })
}

describe("the back-off", () => {
  it("ENG-QUAR-07 RES-06 is 30 minutes, doubling, to once per day", () => {
    expect(delays(9)).toEqual([0.5, 1, 2, 4, 8, 16, 24, 24, 24])
  })

  it("RES-06 by switch begins with 5 minutes", () => {
    expect(delays(3, 5 * MINUTE).map((hours) => hours * 60)).toEqual([5, 10, 20])
  })

  it("ENG-QUAR-10 GRAPH-628 GRAPH-629 a series keeps its beginning and counts from 1", () => {
    const first = imposeQuarantine(null, cause, 1000)
    expect(first).toMatchObject({ seriesBeganMs: 1000, currentBeganMs: 1000, seriesCount: 1 })
    const second = imposeQuarantine(first, cause, 5000)
    expect(second).toMatchObject({ seriesBeganMs: 1000, currentBeganMs: 5000, seriesCount: 2 })
  })

  it("ENG-QUAR-08 it expires after more than four weeks", () => {
    const quarantine = imposeQuarantine(null, cause, 0)
    expect(isExpired(quarantine, 28 * DAY)).toBe(false)
    expect(isExpired(quarantine, 28 * DAY + 1)).toBe(true)
  })
})

describe("the count rules", () => {
  const reason = (objectFailures: number, successes: number, referenceFailures = 0) =>
    countedReason({ objectFailures, referenceFailures, successes })

  it("ENG-QUAR-05 WIRE-216 45,000 failed: yes", () => {
    expect(reason(45_000, 1_000_000)).toBe("EncounteredBaseEscrowThreshold")
  })

  it("ENG-QUAR-05 WIRE-216 30,000 failed, 5,000 ok: yes", () => {
    expect(reason(30_000, 5_000)).toBe("EncounteredEscrowProportionThreshold")
  })

  it("ENG-QUAR-05 WIRE-216 20,000 failed, 100,000 ok: no", () => {
    expect(reason(20_000, 100_000)).toBeNull()
  })

  it("ENG-QUAR-05 WIRE-216 40,000 users and 21,000 managers failed: yes", () => {
    expect(reason(40_000, 1_000_000, 21_000)).toBe("EncounteredTotalEscrowThreshold")
  })

  it("ENG-QUAR-03 ENG-QUAR-05 RES-14 4,000 failed and nothing else: no", () => {
    expect(reason(4_000, 0)).toBeNull()
    expect(reason(4_999, 0)).toBeNull()
    expect(reason(5_000, 0)).toBe("EncounteredEscrowProportionThreshold")
  })

  it("ENG-QUAR-04 more than 60,000 of objects and references together: yes, whatever their mix", () => {
    expect(reason(30_000, 1_000_000, 30_000)).toBeNull()
    expect(reason(30_000, 1_000_000, 30_001)).toBe("EncounteredTotalEscrowThreshold")
    expect(reason(1, 1_000_000, 60_000)).toBe("EncounteredTotalEscrowThreshold")
  })

  it("ENG-REF-08 failed references count for the total only", () => {
    expect(reason(0, 0, 59_000)).toBeNull()
    expect(reason(100, 0, 59_000)).toBeNull()
    expect(reason(0, 0, 60_001)).toBe("EncounteredTotalEscrowThreshold")
  })

  it("ENG-QUAR-03 exactly 40 % is not more than 40 %", () => {
    expect(reason(6_000, 9_000)).toBeNull()
    expect(reason(6_000, 8_999)).toBe("EncounteredEscrowProportionThreshold")
  })
})
