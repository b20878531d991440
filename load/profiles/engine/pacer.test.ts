import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { Pacer } from "./pacer.ts"

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

/** When each of `count` turns comes that are asked for at once. */
async function turns(pacer: Pacer, count: number): Promise<number[]> {
  const times: number[] = []
  const all = Promise.all(Array.from({ length: count }, () => pacer.turn().then(() => times.push(Date.now()))))
  await vi.runAllTimersAsync()
  await all
  return times
}

it("spaces turns by the rate", async () => {
  const pacer = new Pacer()
  pacer.setRate(25)
  expect(await turns(pacer, 4)).toEqual([40, 80, 120, 160])
})

it("lets all go at once without a rate", async () => {
  expect(await turns(new Pacer(), 3)).toEqual([0, 0, 0])
})

it("WIRE-219: lets nobody go before a Retry-After is over", async () => {
  const pacer = new Pacer()
  pacer.pauseUntil(3000)
  pacer.pauseUntil(2000)
  expect(await turns(pacer, 2)).toEqual([3000, 3000])
})

it("catches up one second of what was missed, and no more", async () => {
  const pacer = new Pacer()
  pacer.setRate(10)
  vi.setSystemTime(60_000)
  const times = await turns(pacer, 14)
  expect(times.filter((time) => time === 60_000)).toHaveLength(11)
  expect(times.slice(11)).toEqual([60_100, 60_200, 60_300])
})

it("takes a new rate from the next turn on", async () => {
  const pacer = new Pacer()
  pacer.setRate(1)
  expect(await turns(pacer, 1)).toEqual([1000])
  pacer.setRate(100)
  expect(await turns(pacer, 2)).toEqual([1010, 1020])
})
