import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openDatabase } from "./database.ts"
import type { Database } from "./database.ts"
import { WriteQueue } from "./write-queue.ts"

let folder = ""
let database: Database
let writes: WriteQueue
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-"))
  database = openDatabase(join(folder, "target.db"))
  writes = new WriteQueue(database)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

function count(type: string): void {
  database.prepare("INSERT INTO population (type, count) VALUES (?, 1)").run(type)
}

function counted(): readonly unknown[] {
  return database.prepare("SELECT type FROM population ORDER BY type").pluck().all()
}

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

  it("are done at the latest when flushed", async () => {
    const pending = writes.enqueue(() => count("a"))
    writes.flush()
    expect(counted()).toEqual(["a"])
    await pending
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
