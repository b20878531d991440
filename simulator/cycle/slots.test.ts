import { describe, expect, it } from "vitest"
import { VirtualClock } from "../clock.ts"
import { Slots } from "./slots.ts"

/** Work that ends when it is told to. */
function createWork(): { run: (name: string) => Promise<string>; begun: string[]; end: (name: string) => void } {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    run(name) {
      begun.push(name)
      return new Promise((resolve) => ends.set(name, () => resolve(name)))
    },
    end: (name) => ends.get(name)?.(),
  }
}

describe("Slots", () => {
  it("RES-04 begins as many as there are slots, the others in the order in which they came", async () => {
    const slots = new Slots(new VirtualClock(0), 2)
    const { run, begun, end } = createWork()
    const results = ["a", "b", "c", "d"].map((name) => slots.use(() => run(name)))
    expect(begun).toEqual(["a", "b"])
    end("b")
    expect(await results[1]).toBe("b")
    expect(begun).toEqual(["a", "b", "c"])
    end("a")
    end("c")
    expect(await Promise.all([results[0], results[2]])).toEqual(["a", "c"])
    expect(begun).toEqual(["a", "b", "c", "d"])
    end("d")
    expect(await results[3]).toBe("d")
    void slots.use(() => run("e"))
    void slots.use(() => run("f"))
    void slots.use(() => run("g"))
    expect(begun.slice(4)).toEqual(["e", "f"])
  })

  it("begins what waits before any of the answers that came together is dealt with", async () => {
    const slots = new Slots(new VirtualClock(0), 2)
    const { run, begun, end } = createWork()
    const dealtWith: string[][] = []
    const done = ["a", "b"].map(async (name) => {
      await slots.use(() => run(name))
      dealtWith.push([...begun])
    })
    void slots.use(() => run("c"))
    void slots.use(() => run("d"))
    end("a")
    end("b")
    await Promise.all(done)
    expect(dealtWith).toEqual([
      ["a", "b", "c", "d"],
      ["a", "b", "c", "d"],
    ])
  })

  it("passes on what the work throws, and the slot to the next", async () => {
    const slots = new Slots(new VirtualClock(0), 1)
    const results = await Promise.allSettled([
      slots.use(() => Promise.reject(new Error("broken"))),
      slots.use(() => {
        throw new Error("broken at once")
      }),
      slots.use(async () => "whole"),
    ])
    expect(results).toEqual([
      { status: "rejected", reason: new Error("broken") },
      { status: "rejected", reason: new Error("broken at once") },
      { status: "fulfilled", value: "whole" },
    ])
  })

  it("lets virtual time pass while some wait and the others sleep", async () => {
    const clock = new VirtualClock(0)
    const slots = new Slots(clock, 1)
    const ends: number[] = []
    const worker = async (): Promise<void> => {
      await slots.use(() => clock.sleep(1000))
      ends.push(clock.now())
    }
    clock.schedule(0, async () => {
      await Promise.all([clock.hold(worker), clock.hold(worker), clock.hold(worker)])
    })
    await clock.advance({ seconds: 10 })
    expect(ends).toEqual([1000, 2000, 3000])
  })
})
