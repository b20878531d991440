/** A commit that fails: whoever waited for it is told so, and nothing of it is stored. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { BULK_REQUEST_URN } from "../../protocol/index.ts"
import { openDatabase } from "../store/database.ts"
import { column, createTestTarget, group, patch, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

let folder = ""
let db = ""
let errors: unknown[] = []
let target: TestTarget
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-"))
  db = join(folder, "target.db")
  // A reference that is checked when the transaction ends, and a person whose arrival breaks it: COMMIT itself fails.
  const database = openDatabase(db)
  database.exec(`
    CREATE TABLE spoilt (resource REFERENCES resource (seq) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER spoil AFTER INSERT ON lookup WHEN new.key = 'spoiler' BEGIN INSERT INTO spoilt VALUES (-1); END`)
  database.close()
  errors = []
  target = createTestTarget({ db, onUnexpected: (error) => errors.push(error) })
})
afterEach(() => {
  target.target.close()
  rmSync(folder, { recursive: true })
})

async function reopened(): Promise<readonly unknown[]> {
  target.target.close()
  target = createTestTarget({ db })
  return column(await target.send("GET", "/Users?sortBy=userName"), "userName")
}

describe("writes that share a commit which fails", () => {
  it("RFC7644-7.7-02 are all answered 500, without internals, and none is stored", async () => {
    const id = await target.create("/Users", user("ada"))
    const team = await target.create("/Groups", group("team", [id]))
    const before = await target.send("GET", `/Users/${id}`)
    const answers = await Promise.all([
      target.send("POST", "/Users", user("bob")),
      target.send("POST", "/Users", user("spoiler")),
      target.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "title", value: "Dr" })),
      target.send("PATCH", `/Groups/${team}`, patch({ op: "remove", path: "members" })),
      target.send("POST", "/Bulk", {
        schemas: [BULK_REQUEST_URN],
        Operations: [{ method: "POST", path: "/Users", bulkId: "c", data: user("cyd") }],
      }),
      target.send("DELETE", `/Users/${id}`),
    ])
    for (const answer of answers) {
      expect([answer.status, answer.headers.get("location")]).toEqual([500, null])
      expect(answer.text).not.toMatch(/sqlite|constraint|spoilt/i)
    }
    expect(errors).toHaveLength(answers.length)
    expect((await target.send("GET", `/Users/${id}`)).text).toBe(before.text)
    expect((await target.send("GET", `/Groups/${team}`)).json["members"]).toHaveLength(1)
    expect(await reopened()).toEqual(["ada"])
  })

  it("do not stand in the way of those that come later", async () => {
    expect((await target.send("POST", "/Users", user("spoiler"))).status).toBe(500)
    expect((await target.send("POST", "/Users", user("ada"))).status).toBe(201)
    expect(await reopened()).toEqual(["ada"])
  })

  it("leave no hash of a password", async () => {
    const sent = await target.send("POST", "/Users", user("spoiler", { password: "s3cret" }))
    expect(sent.status).toBe(500)
    target.target.close()
    const database = openDatabase(db)
    expect(database.prepare("SELECT count(*) FROM secret").pluck().get()).toBe(0)
    database.close()
    target = createTestTarget({ db })
  })
})
