import { expect, it } from "vitest"
import { Gathering } from "./gathering.ts"

it("waits for as many as were there together, and for nobody at first", () => {
  const gathering = new Gathering()
  expect(gathering.shouldWait(1)).toBe(false)
  gathering.sawTogether(3)
  expect([1, 2, 3, 4].map((waiting) => gathering.shouldWait(waiting))).toEqual([true, true, false, false])
  gathering.sawTogether(1)
  expect(gathering.shouldWait(1)).toBe(false)
})

it("rests after each wait in vain twice as long, for 64 batches at most, until one was worth it", () => {
  const gathering = new Gathering()
  gathering.sawTogether(2)
  const batchesAtOnce = (): number => {
    let count = 0
    for (; !gathering.shouldWait(1); count += 1) gathering.wentAtOnce()
    return count
  }
  const rests: number[] = []
  for (let wait = 0; wait < 9; wait += 1) {
    gathering.waited(true)
    rests.push(batchesAtOnce())
  }
  expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64])
  gathering.waited(false)
  expect(batchesAtOnce()).toBe(0)
  gathering.waited(true)
  expect(batchesAtOnce()).toBe(1)
})
