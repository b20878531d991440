import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { column, createTestTarget, user } from "../testing.ts"
import { openDatabase } from "./database.ts"

const TARGET = fileURLToPath(new URL("../", import.meta.url))

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe("a database file", () => {
  it("keeps its resources from one start to the next", async () => {
    const db = join(folder, "target.db")
    const first = createTestTarget({ db })
    const id = await first.create("/Users", user("ada"))
    first.target.close()
    const second = createTestTarget({ db })
    expect(column(await second.send("GET", '/Users?filter=userName eq "ADA"'), "id")).toEqual([id])
    second.target.close()
  })

  it("waits for the disk at each commit", () => {
    const database = openDatabase(join(folder, "target.db"))
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal")
    // 2 is FULL.
    expect(database.pragma("synchronous", { simple: true })).toBe(2)
    database.close()
  })

  it("is opened in one place, so that no connection writes without waiting", () => {
    const sources = globSync("**/*.ts", { cwd: TARGET, exclude: ["**/*.test.ts"] })
    const openers = sources.filter((path) =>
      /new Database\(|better-sqlite3"\)/.test(readFileSync(join(TARGET, path), "utf8")),
    )
    expect(openers).toEqual(["store/database.ts"])
  })

  it("belongs to one process at a time", () => {
    const db = join(folder, "target.db")
    const first = openDatabase(db)
    expect(() => openDatabase(db)).toThrow(/open in another process/)
    first.close()
    openDatabase(db).close()
  })

  it("says so where it is of another version, and leaves it alone", () => {
    const db = join(folder, "other.db")
    const other = new Database(db)
    other.pragma("user_version = 99")
    other.close()
    expect(() => openDatabase(db)).toThrow(/another version of scimulate \(layout 99\)/)
  })

  it("says so where it is no database", () => {
    const db = join(folder, "text.db")
    writeFileSync(db, "this is a text file, and not a short one either ".repeat(50))
    expect(() => openDatabase(db)).toThrow(/not a database/)
  })
})
