import { describe, expect, it } from "vitest"

import { createIdSource, createRandom, systemIds, systemOrderedIds, systemSeed } from "./random.ts"

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function draw(seed: number, count = 5): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.int(1000))
}

describe("createRandom", () => {
  it("is a function of the seed", () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)).not.toEqual(draw(1.5))
    expect(draw(0)).not.toEqual(draw(2 ** 32))
  })

  it("keeps its numbers from one version to the next: seeds in reports stay good", () => {
    expect(draw(1)).toEqual([979, 782, 135, 553, 517])
  })

  it("is spread evenly over its range", () => {
    const random = createRandom(42)
    const counts = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 100_000; index++) {
      const value = random.int(10)
      counts[value] = (counts[value] ?? 0) + 1
    }
    // 10,000 each; five standard deviations are about 475.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(475)
  })

  it("gives numbers in [0, 1) with more than 32 bits", () => {
    const random = createRandom(3)
    const values = Array.from({ length: 1000 }, () => random.next())
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(values.some((value) => !Number.isInteger(value * 2 ** 32))).toBe(true)
  })

  it("forks by label: independent of what else was drawn, and of the parent", () => {
    const early = createRandom(9).fork("people")
    const parent = createRandom(9)
    parent.next()
    parent.fork("groups").next()
    const late = parent.fork("people")
    const first = Array.from({ length: 5 }, () => early.next())
    expect(Array.from({ length: 5 }, () => late.next())).toEqual(first)
    expect(createRandom(9).next()).not.toBe(first[0])
    expect(createRandom(9).fork("groups").next()).not.toBe(first[0])
    expect(createRandom(9).fork("a").fork("b").next()).not.toBe(createRandom(9).fork("a,b").next())
  })

  it("picks from a list, and refuses what cannot be drawn from", () => {
    const random = createRandom(5)
    expect(["a", "b"]).toContain(random.pick(["a", "b"]))
    expect(() => random.pick([])).toThrow("the list is empty")
    expect(() => random.int(0)).toThrow(RangeError)
    expect(() => random.int(1.5)).toThrow(RangeError)
    expect(() => createRandom(Number.NaN)).toThrow(RangeError)
  })
})

describe("ids", () => {
  it("are UUIDs of version 4 in lower case, all different, the same for the same seed", () => {
    const ids = createIdSource(createRandom(1))
    const first = Array.from({ length: 1000 }, () => ids.next())
    for (const id of first) expect(id).toMatch(UUID_V4)
    expect(new Set(first).size).toBe(1000)
    const again = createIdSource(createRandom(1))
    expect(Array.from({ length: 1000 }, () => again.next())).toEqual(first)
  })

  it("come from the machine where no seed is wanted", () => {
    expect(systemIds.next()).toMatch(UUID_V4)
    expect(systemIds.next()).not.toBe(systemIds.next())
    const seed = systemSeed()
    expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true)
  })

  it("gives ids in the order of time where that is asked for", () => {
    const [earlier, later] = [systemOrderedIds.next(), systemOrderedIds.next()]
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(earlier).not.toBe(later)
    expect(later.slice(0, 13) >= earlier.slice(0, 13)).toBe(true)
    // The 48 bits of the time: of this century, and not of the next.
    expect(Number.parseInt(later.slice(0, 13).replace("-", ""), 16)).toBeGreaterThan(1_700_000_000_000)
    expect(Number.parseInt(later.slice(0, 13).replace("-", ""), 16)).toBeLessThan(4_102_444_800_000)
  })
})
