import { expect, it } from "vitest"
import { VirtualClock } from "../clock.ts"
import { createWorld, person } from "../cycle/job.fixture.ts"
import { paced } from "./pacing.ts"

it("WIRE-221 at most so many requests in any second, evenly spaced and in order", async () => {
  const clock = new VirtualClock(0)
  const times: [string, number][] = []
  const transport = paced(
    async ({ url }) => {
      times.push([url, clock.now()])
      return { status: 204, headers: {}, body: null }
    },
    clock,
    () => 25,
  )
  const ask = (url: string) => transport({ method: "GET", url, headers: {}, body: null })
  await clock.settle(Promise.all(["a", "b", "c"].map(ask)))
  expect(times).toEqual([
    ["a", 0],
    ["b", 40],
    ["c", 80],
  ])
  await clock.advance({ seconds: 10 })
  await clock.settle(ask("d"))
  expect(times.at(-1)).toEqual(["d", 10_080])
})

it("RES-04 ENG-PERF-04 WIRE-221 a job has no limit; as a gallery application it sends 25 requests a second, however many work in parallel", async () => {
  async function spanOf(requestsPerSecond: number | null, parallel: number): Promise<number> {
    const world = createWorld({ settings: { requestsPerSecond, parallel } })
    for (let number = 0; number < 24; number += 1) world.application.assign(person(world, `p${number}`))
    await world.clock.settle(world.job.start())
    // Two probes, and for each of 24 people a search and a create.
    expect(world.target.times).toHaveLength(50)
    return (world.target.times.at(-1)?.atMs ?? 0) - (world.target.times[0]?.atMs ?? 0)
  }
  expect(await spanOf(null, 1)).toBe(0)
  expect(await spanOf(null, 8)).toBe(0)
  expect(await spanOf(25, 1)).toBe(49 * 40)
  expect(await spanOf(25, 8)).toBe(49 * 40)
})

it("ENG-PERF-04 one to eight objects at a time, and a rate above 0", () => {
  for (const parallel of [0, 9, 1.5]) expect(() => createWorld({ settings: { parallel } })).toThrow(/from 1 to 8/)
  for (const requestsPerSecond of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => createWorld({ settings: { requestsPerSecond } })).toThrow(/requestsPerSecond must be a number above 0/)
  }
})
