import * as fc from "fast-check"
import { describe, expect, it } from "vitest"

import { DueQueue } from "./due-queue.ts"

function drain(queue: DueQueue<{ atMs: number; seq: number }>): string[] {
  const order: string[] = []
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) order.push(`${item.atMs}/${item.seq}`)
  return order
}

describe("DueQueue", () => {
  it("gives items by instant, and by registration within one instant", () => {
    const queue = new DueQueue<{ atMs: number; seq: number }>()
    for (const [atMs, seq] of [
      [30, 0],
      [10, 1],
      [20, 2],
      [10, 3],
      [30, 4],
      [10, 5],
    ] as const)
      queue.push({ atMs, seq })
    expect(queue.peek()).toEqual({ atMs: 10, seq: 1 })
    expect(drain(queue)).toEqual(["10/1", "10/3", "10/5", "20/2", "30/0", "30/4"])
    expect(queue.pop()).toBeUndefined()
  })

  it("agrees with a stable sort for any order of arrival", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new DueQueue<{ atMs: number; seq: number }>()
        const items = times.map((atMs, seq) => ({ atMs, seq }))
        for (const item of items) queue.push(item)
        const sorted = items.toSorted((a, b) => a.atMs - b.atMs).map(({ atMs, seq }) => `${atMs}/${seq}`)
        expect(drain(queue)).toEqual(sorted)
      }),
    )
  })
})
