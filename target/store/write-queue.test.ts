import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openDatabase } from "./database.ts"
import type { Database } from "./database.ts"
import { WriteQueue } from "./write-queue.ts"
import type { Timing } from "./write-queue.ts"

let folder = ""
let database: Database
let writes: WriteQueue
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-"))
  database = openDatabase(join(folder, "target.db"))
  database.exec("CREATE TABLE counted (type TEXT)")
  writes = new WriteQueue(database)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

function count(type: string): void {
  database.prepare("INSERT INTO counted (type) VALUES (?)").run(type)
}

function counted(): readonly unknown[] {
  return database.prepare("SELECT type FROM counted ORDER BY type").pluck().all()
}

/** Time that passes when it is told to. */
class HeldTiming implements Timing {
  #soon: (() => void)[] = []
  #later: (() => void) | undefined

  soon(run: () => void): void {
    this.#soon.push(run)
  }

  later(run: () => void): () => void {
    this.#later = run
    return () => {
      this.#later = undefined
    }
  }

  get isWaiting(): boolean {
    return this.#later !== undefined
  }

  /** What is due now, and what follows from it. */
  turn(): void {
    for (let due = this.#soon.splice(0); due.length > 0; due = this.#soon.splice(0)) for (const run of due) run()
  }

  /** The wait is over. */
  pass(): void {
    this.#later?.()
  }
}

describe("writes of clients that write again when they are answered", () => {
  const together = async (timing: HeldTiming, queue: WriteQueue, types: readonly string[]): Promise<void> => {
    const all = Promise.all(types.map((type) => queue.enqueue(() => count(type))))
    timing.turn()
    await all
  }

  it("are waited for, so that they share a commit again", async () => {
    const timing = new HeldTiming()
    const queue = new WriteQueue(database, undefined, timing)
    await together(timing, queue, ["a", "b", "c"])
    expect([queue.commits, timing.isWaiting]).toEqual([1, false])
    const first = [queue.enqueue(() => count("d")), queue.enqueue(() => count("e"))]
    timing.turn()
    expect([queue.commits, timing.isWaiting]).toEqual([1, true])
    const last = queue.enqueue(() => count("f"))
    timing.turn()
    expect([queue.commits, timing.isWaiting]).toEqual([2, false])
    await Promise.all([...first, last])
    expect(counted()).toEqual(["a", "b", "c", "d", "e", "f"])
  })

  it("are done without those who do not come, and then wait for nobody", async () => {
    const timing = new HeldTiming()
    const queue = new WriteQueue(database, undefined, timing)
    await together(timing, queue, ["a", "b"])
    const alone = queue.enqueue(() => count("c"))
    timing.turn()
    expect([queue.commits, timing.isWaiting]).toEqual([1, true])
    timing.pass()
    await alone
    timing.turn()
    expect([queue.commits, timing.isWaiting]).toEqual([2, false])
    await together(timing, queue, ["d"])
    expect(queue.commits).toBe(3)
  })

  it("are not held up by a wait when the queue is emptied at the end", async () => {
    const timing = new HeldTiming()
    const queue = new WriteQueue(database, undefined, timing)
    await together(timing, queue, ["a", "b"])
    const last = queue.enqueue(() => count("c"))
    queue.flush()
    await last
    expect([counted(), timing.isWaiting]).toEqual([["a", "b", "c"], false])
  })
})

describe("writes on a file", () => {
  it("that arrive together are all done, in order, before the first is answered", async () => {
    const events: string[] = []
    const write = async (name: string): Promise<void> => {
      await writes.enqueue(() => {
        events.push(`work ${name}`)
        count(name)
      })
      events.push(`answer ${name}, ${database.inTransaction ? "open" : "committed"}`)
    }
    await Promise.all([write("a"), write("b"), write("c")])
    expect(events.slice(0, 3)).toEqual(["work a", "work b", "work c"])
    expect(events.slice(3)).toEqual(["answer a, committed", "answer b, committed", "answer c, committed"])
  })

  it("are done only when their turn comes: nobody reads what is not committed", async () => {
    const pending = writes.enqueue(() => count("a"))
    expect(counted()).toEqual([])
    await pending
    expect(counted()).toEqual(["a"])
  })

  it("that fail are undone alone", async () => {
    const failing = writes.enqueue(() => {
      count("b")
      throw new Error("no")
    })
    const results = await Promise.allSettled([
      writes.enqueue(() => count("a")),
      failing,
      writes.enqueue(() => count("c")),
    ])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(counted()).toEqual(["a", "c"])
  })

  it("are all refused, and none is stored, where the commit fails", async () => {
    const spoiling = writes.enqueue(() => {
      database.pragma("defer_foreign_keys = ON")
      database.prepare("INSERT INTO membership (container, member) VALUES (1, 2)").run()
    })
    const results = await Promise.allSettled([writes.enqueue(() => count("a")), spoiling])
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    expect(counted()).toEqual([])
    await writes.enqueue(() => count("b"))
    expect(counted()).toEqual(["b"])
  })

  it("that fail are done twice with those beside them; trials, which will fail, once", async () => {
    const events: string[] = []
    const failing = (name: string): (() => void) => {
      return () => {
        events.push(name)
        count(name)
        throw new Error("no")
      }
    }
    const trial = writes.enqueue(failing("a"), { isTrial: true })
    const results = await Promise.allSettled([trial, writes.enqueue(() => count("b"))])
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"])
    await expect(writes.enqueue(failing("c"))).rejects.toThrow("no")
    expect(events).toEqual(["a", "c", "c"])
    expect(counted()).toEqual(["b"])
  })

  it("are done at the latest when flushed", async () => {
    const pending = writes.enqueue(() => count("a"))
    writes.flush()
    expect(counted()).toEqual(["a"])
    await pending
  })
})

describe("what is remembered beside the database", () => {
  const remembering = (): { queue: WriteQueue; add: (name: string) => void; names: () => readonly string[] } => {
    let names: readonly string[] = []
    const queue = new WriteQueue(database, () => {
      const before = names
      return () => (names = before)
    })
    const add = (name: string): void => {
      names = [...names, name]
      count(name)
    }
    return { queue, add, names: () => names }
  }

  it("is taken back with the write that failed, and with no other", async () => {
    const { queue, add, names } = remembering()
    const failing = queue.enqueue(() => {
      add("b")
      throw new Error("no")
    })
    const results = await Promise.allSettled([queue.enqueue(() => add("a")), failing, queue.enqueue(() => add("c"))])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(names()).toEqual(["a", "c"])
    expect(counted()).toEqual(["a", "c"])
  })

  it("is taken back where the commit fails", async () => {
    const { queue, add, names } = remembering()
    const spoiling = queue.enqueue(() => {
      add("a")
      database.pragma("defer_foreign_keys = ON")
      database.prepare("INSERT INTO membership (container, member) VALUES (1, 2)").run()
    })
    await expect(spoiling).rejects.toThrow(/FOREIGN KEY/)
    expect(names()).toEqual([])
  })

  it("is taken back with a unit", () => {
    const { queue, add, names } = remembering()
    expect(() =>
      queue.atomically(() => {
        add("a")
        throw new Error("no")
      }),
    ).toThrow("no")
    expect(names()).toEqual([])
  })
})

describe("units", () => {
  it("nest: an inner one that fails leaves the outer one as it was", () => {
    writes.atomically(() => {
      count("a")
      expect(() =>
        writes.atomically(() => {
          count("b")
          throw new Error("no")
        }),
      ).toThrow("no")
    })
    expect(counted()).toEqual(["a"])
  })
})
