import { describe, expect, it } from "vitest"
import { bands, compressedScale, thinned, ticks } from "./timeline-layout.ts"

const MINUTE = 60_000
const DAY = 1440 * MINUTE

describe("the scale", () => {
  it("spreads equal gaps evenly over the whole width", () => {
    const scale = compressedScale([0, 40 * MINUTE, 80 * MINUTE], 500)
    expect([0, 40 * MINUTE, 80 * MINUTE].map((at) => Math.round(scale(at)))).toEqual([0, 250, 500])
  })

  it("keeps order, and makes a quiet month wider than a cycle but not a thousand times", () => {
    const scale = compressedScale([0, 40 * MINUTE, 30 * DAY], 400)
    const [cycle, month] = [scale(40 * MINUTE), scale(30 * DAY) - scale(40 * MINUTE)]
    expect(month / cycle).toBeGreaterThan(2)
    expect(month / cycle).toBeLessThan(5)
  })

  it("puts a single moment at the start", () => {
    expect(compressedScale([5], 400)(5)).toBe(0)
  })
})

it("labels ticks by the time since the start and leaves room between them", () => {
  const scale = (at: number) => (at / (100 * MINUTE)) * 200
  expect(ticks([0, 10 * MINUTE, 50 * MINUTE, 60 * MINUTE, 100 * MINUTE], scale, 90)).toEqual([
    { x: 0, label: "start" },
    { x: 100, label: "+50 min" },
    { x: 200, label: "+1 h 40 min" },
  ])
})

it("draws one mark per pixel and kind", () => {
  const marks = [
    { x: 1.1, kind: "good" },
    { x: 1.2, kind: "good" },
    { x: 1.2, kind: "bad" },
    { x: 2, kind: "good" },
  ]
  expect(thinned(marks).map(({ kind, x }) => `${kind} ${Math.round(x)}`)).toEqual(["good 1", "bad 1", "good 2"])
})

it("joins equal states into one band and lets the last one last", () => {
  const changes = [
    { x: 0, state: "Active" },
    { x: 10, state: "Active" },
    { x: 20, state: "Quarantine" },
    { x: 50, state: "Active" },
  ]
  expect(bands(changes, 100)).toEqual([
    { from: 0, to: 20, state: "Active" },
    { from: 20, to: 50, state: "Quarantine" },
    { from: 50, to: 100, state: "Active" },
  ])
})
