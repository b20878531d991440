import { expect, it } from "vitest"
import type { RequestRecord } from "./journal-lines.ts"
import { Measurement } from "./measure.ts"
import { percentile } from "./percentile.ts"

const RECORDS: readonly RequestRecord[] = [
  [100, 3, 201, 1, "create-user", 0, "prepare"],
  [1000, 10, 200, 1, "read-user", 0, "load"],
  [1010, 30, 200, 1, "read-user", 1, "load"],
  [1050, 1, 429, 0, "read-user", 0, "load"],
  [1100, 20, 500, 0, "read-user", 0, "load"],
  [1150, 40, 204, 1, "add-member", 0, "load"],
  [1200, 5, 200, 1, "find-user", 0, "split"],
]

function measurement(): Measurement {
  const all = new Measurement()
  all.add({ kind: "requests", requests: RECORDS })
  all.add({ kind: "done", atMs: 1300, tenant: 0, lane: 0, unsent: 2, rounds: 1 })
  return all
}

it("counts answers, errors and 429 apart, and the load alone", () => {
  const { requests, errors, throttled, tookMs, fromMs, toMs } = measurement().all()
  expect({ requests, errors, throttled, tookMs, fromMs, toMs }).toEqual({
    requests: 4,
    errors: 1,
    throttled: 1,
    tookMs: [10, 20, 30, 40],
    fromMs: 1000,
    toMs: 1150,
  })
  expect(measurement()).toMatchObject({ prepared: 1, split: 1, unsent: 2, done: 1, rounds: 1, requests: 5, errors: 1 })
})

it("tells steps apart, without noisy tenants", () => {
  const steps = measurement().bySteps(new Set([1]))
  expect([...steps.keys()]).toEqual(["read-user", "add-member"])
  expect(steps.get("read-user")?.tookMs).toEqual([10, 20])
})

it("tells stretches of the load", () => {
  expect(measurement().within(0, 0.5).requests).toBe(2)
  expect(measurement().within(0.6, 1).tookMs).toEqual([20, 40])
})

it("cuts the load into stretches of at least 50 ms", () => {
  const timeline = measurement().timeline(new Set())
  expect(timeline.bucketMs).toBe(50)
  expect(timeline.requests).toEqual([2, 1, 1, 1])
  expect(timeline.errors).toEqual([0, 0, 1, 0])
  expect(timeline.throttled).toEqual([0, 1, 0, 0])
  expect(timeline.p95Of("read-user")).toEqual([30, null, 20, null])
})

it("measures nothing where nothing was sent", () => {
  expect(new Measurement().all()).toEqual({ requests: 0, errors: 0, throttled: 0, tookMs: [], fromMs: 0, toMs: 0 })
})

it("gives percentiles by the nearest rank", () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1)
  expect([0, 0.5, 0.9, 0.95, 0.99, 1].map((rank) => percentile(values, rank))).toEqual([1, 10, 18, 19, 20, 20])
  expect(percentile([], 0.95)).toBe(0)
  expect(percentile([7], 0.95)).toBe(7)
})
