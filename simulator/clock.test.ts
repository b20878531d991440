import { describe, expect, it } from "vitest"

import { holdTime, toMs, VirtualClock, waitOn } from "./clock.ts"
import { SystemClock } from "./system-clock.ts"

const START_MS = 1_700_000_000_000

/** Real work that takes real time: some turns of the event loop, as a socket would. */
async function realWork(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
  }
}

function createLog(clock: VirtualClock): { lines: string[]; note: (text: string) => void } {
  const lines: string[] = []
  return { lines, note: (text) => lines.push(`${clock.now() - START_MS} ${text}`) }
}

describe("toMs", () => {
  it("adds up the parts of a duration", () => {
    expect(toMs({ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 })).toBe(93_784_005)
    expect(toMs({})).toBe(0)
  })
})

describe("VirtualClock.advance", () => {
  it("runs what falls due by (time, registration), each at its own time, and ends at the end of the span", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    clock.schedule(2000, () => note("second"))
    clock.schedule(1000, () => note("first"))
    clock.schedule(2000, () => note("third"))
    clock.schedule(3001, () => note("too late"))
    await clock.advance({ seconds: 3 })
    expect(lines).toEqual(["1000 first", "2000 second", "2000 third"])
    expect(clock.now()).toBe(START_MS + 3000)
  })

  it("runs what a task schedules within the same span, and nothing twice", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    const every = (): void => {
      note("tick")
      clock.schedule(1000, every)
    }
    clock.schedule(0, every)
    await clock.advance({ seconds: 2 })
    await clock.advance({ seconds: 1 })
    expect(lines).toEqual(["0 tick", "1000 tick", "2000 tick", "3000 tick"])
  })

  it("does not run what was cancelled", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    const cancel = clock.schedule(1000, () => note("cancelled"))
    clock.schedule(1000, () => note("kept"))
    cancel()
    await clock.advance({ seconds: 1 })
    expect(lines).toEqual(["1000 kept"])
  })

  it("waits for a task's real work before time moves on", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    clock.schedule(1000, async () => {
      await realWork()
      note("slow task ends")
    })
    clock.schedule(2000, () => note("next"))
    await clock.advance({ seconds: 5 })
    expect(lines).toEqual(["1000 slow task ends", "2000 next"])
  })

  it("lets a task sleep while others fall due, also beyond the end of the span", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    clock.schedule(1000, async () => {
      await clock.sleep(5000)
      await realWork()
      note("slept")
      await clock.sleep(60_000)
      note("slept again")
    })
    clock.schedule(2000, () => note("between"))
    await clock.advance({ seconds: 10 })
    expect(lines).toEqual(["2000 between", "6000 slept"])
    await clock.advance({ minutes: 1 })
    expect(lines).toEqual(["2000 between", "6000 slept", "66000 slept again"])
  })

  it("moves only when every worker of a task is asleep", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    const worker = async (name: string, sleepMs: number, turns: number): Promise<void> => {
      await clock.hold(() => realWork(turns))
      note(`${name} answered`)
      await clock.sleep(sleepMs)
      await clock.hold(() => realWork(turns))
      note(`${name} done`)
    }
    clock.schedule(0, async () => {
      await Promise.all([worker("a", 1000, 1), worker("b", 3000, 9), worker("c", 1000, 4)])
      note("all")
    })
    await clock.advance({ seconds: 10 })
    // Whoever answers slowly in real time still answers at the same virtual instant.
    expect(lines).toEqual([
      "0 a answered",
      "0 c answered",
      "0 b answered",
      "1000 a done",
      "1000 c done",
      "3000 b done",
      "3000 all",
    ])
  })

  it("throws the error of a task and stays at its time", async () => {
    const clock = new VirtualClock(START_MS)
    clock.schedule(1000, async () => {
      await clock.sleep(500)
      throw new Error("the task failed")
    })
    await expect(clock.advance({ seconds: 10 })).rejects.toThrow("the task failed")
    expect(clock.now()).toBe(START_MS + 1500)
    clock.schedule(0, () => {
      throw new Error("failed at once")
    })
    await expect(clock.advance({})).rejects.toThrow("failed at once")
    await clock.advance({ seconds: 1 })
    expect(clock.now()).toBe(START_MS + 2500)
  })

  it("refuses to be moved twice at once, or by a task", async () => {
    const clock = new VirtualClock(START_MS)
    clock.schedule(1000, () => clock.advance({ seconds: 1 }))
    await expect(clock.advance({ seconds: 2 })).rejects.toThrow("one advance or settle at a time")
    const first = clock.advance({ seconds: 1 })
    await expect(clock.advance({ seconds: 1 })).rejects.toThrow("one advance or settle at a time")
    await first
  })

  it("runs the 13,140 cycles of a virtual year, one every 40 minutes", async () => {
    const clock = new VirtualClock(START_MS)
    let cycleCount = 0
    const cycle = async (): Promise<void> => {
      cycleCount++
      clock.schedule(40 * 60_000, cycle)
      await Promise.resolve()
    }
    clock.schedule(40 * 60_000, cycle)
    await clock.advance({ days: 365 })
    expect(cycleCount).toBe(13_140)
  })

  it("lets the machine do other things while much falls due", async () => {
    const clock = new VirtualClock(START_MS)
    let ran = 0
    let ranBeforeTheTurn = 0
    for (let number = 1; number <= 100; number++) {
      clock.schedule(number, () => {
        ran++
        if (number === 20) setImmediate(() => (ranBeforeTheTurn = ran))
      })
    }
    await clock.advance({ ms: 100 })
    expect(ranBeforeTheTurn).toBeGreaterThanOrEqual(20)
    expect(ranBeforeTheTurn).toBeLessThan(40)
    expect(ran).toBe(100)
  })

  it("lets code outside any task go on, however many steps it takes, before time moves", async () => {
    const clock = new VirtualClock(START_MS)
    const seen: number[] = []
    let wake = (): void => undefined
    const outside = async (): Promise<void> => {
      for (;;) {
        await new Promise<void>((resolve) => (wake = resolve))
        for (let step = 0; step < 50; step++) await Promise.resolve()
        seen.push(clock.now() - START_MS)
        if (seen.length === 30) return
      }
    }
    const done = outside()
    for (let number = 1; number <= 30; number++) clock.schedule(number, () => wake())
    await clock.advance({ ms: 30 })
    await done
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a delay of %d", async (delayMs) => {
    const clock = new VirtualClock(START_MS)
    expect(() => clock.schedule(delayMs, () => undefined)).toThrow(RangeError)
    await expect(clock.advance({ ms: delayMs })).rejects.toThrow(RangeError)
  })
})

describe("VirtualClock.settle", () => {
  it("moves time by what the work sleeps, and gives its result", async () => {
    const clock = new VirtualClock(START_MS)
    const work = async (): Promise<string> => {
      await clock.sleep(1000)
      await clock.hold(() => realWork())
      await clock.sleep(2000)
      return "done"
    }
    expect(await clock.settle(work())).toBe("done")
    expect(clock.now()).toBe(START_MS + 3000)
  })

  it("leaves time alone when the work only does real input and output", async () => {
    const clock = new VirtualClock(START_MS)
    clock.schedule(1000, () => {
      throw new Error("not due yet")
    })
    await clock.settle(realWork())
    expect(clock.now()).toBe(START_MS)
  })

  it("waits for parallel workers whose input and output is held, however long it takes", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    const worker = async (name: string, turns: number, sleepMs: number): Promise<void> => {
      await clock.hold(() => realWork(turns))
      await clock.sleep(sleepMs)
      note(name)
    }
    await clock.settle(Promise.all([worker("slow", 12, 1000), worker("quick", 1, 5000), worker("middle", 6, 2000)]))
    expect(lines).toEqual(["1000 slow", "2000 middle", "5000 quick"])
  })

  it("runs what else falls due on the way, and what is due at once", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    clock.schedule(500, () => note("on the way"))
    clock.schedule(5000, () => note("never reached"))
    const started = new Promise<void>((resolve) => {
      clock.schedule(0, async () => {
        await clock.sleep(1000)
        resolve()
      })
    })
    await clock.settle(started)
    expect(lines).toEqual(["500 on the way"])
    expect(clock.now()).toBe(START_MS + 1000)
  })

  it("rejects with the work's own error, and with that of a task on the way", async () => {
    const clock = new VirtualClock(START_MS)
    const failing = async (): Promise<void> => {
      await clock.sleep(10)
      throw new Error("the work failed")
    }
    await expect(clock.settle(failing())).rejects.toThrow("the work failed")
    clock.schedule(10, () => Promise.reject(new Error("a task failed")))
    await expect(clock.settle(clock.sleep(1000))).rejects.toThrow("a task failed")
  })
})

describe("holdTime", () => {
  it("lets a sleep inside held work pass: a slow answer takes virtual time, not real time", async () => {
    const clock = new VirtualClock(START_MS)
    const slowRequest = (): Promise<void> =>
      holdTime(clock, async () => {
        await clock.sleep(60_000)
        await holdTime(clock, () => realWork())
      })
    await clock.settle(Promise.all([slowRequest(), slowRequest()]))
    expect(clock.now()).toBe(START_MS + 60_000)
  })

  it("just runs the work on another clock, and passes errors on", async () => {
    expect(await holdTime(new SystemClock(), () => 7)).toBe(7)
    const failing = (): never => {
      throw new Error("broken")
    }
    await expect(holdTime(new SystemClock(), failing)).rejects.toThrow("broken")
    await expect(holdTime(new VirtualClock(0), failing)).rejects.toThrow("broken")
  })
})

describe("waitOn", () => {
  it("counts who waits as asleep: time moves when all others sleep, and stands still again once the wait is over", async () => {
    const clock = new VirtualClock(START_MS)
    const { lines, note } = createLog(clock)
    clock.schedule(0, async () => {
      const slow = clock.hold(() => clock.sleep(1000))
      const waiter = clock.hold(async () => {
        await waitOn(clock, slow)
        note("waited")
        await realWork()
        note("worked")
      })
      await Promise.all([slow, waiter])
    })
    clock.schedule(1001, () => note("later"))
    await clock.advance({ seconds: 2 })
    expect(lines).toEqual(["1000 waited", "1000 worked", "1001 later"])
  })

  it("gives what the work gives, on any clock, and time moves on after an error", async () => {
    for (const clock of [new VirtualClock(START_MS), new SystemClock()]) {
      expect(await waitOn(clock, Promise.resolve(7))).toBe(7)
      await expect(waitOn(clock, Promise.reject(new Error("broken")))).rejects.toThrow("broken")
    }
    const clock = new VirtualClock(START_MS)
    clock.schedule(0, () => waitOn(clock, Promise.reject(new Error("broken"))).catch(() => clock.sleep(1000)))
    await clock.advance({ seconds: 2 })
    expect(clock.now()).toBe(START_MS + 2000)
  })
})
