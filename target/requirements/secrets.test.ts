/** Passwords: write-only, kept as a salted hash and nothing else (RFC 7643 §4.1.1, §9.2). */
import { scryptSync } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { BULK_REQUEST_URN, USER_URN } from "../../protocol/index.ts"
import type { JsonObject } from "../json.ts"
import { createGuardedTarget } from "../testing-guard.ts"
import { createTestTarget, patch, textOf, user } from "../testing.ts"
import type { TestTarget } from "../testing.ts"

let folder = ""
let db = ""
let target: TestTarget
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-"))
  db = join(folder, "target.db")
  target = createTestTarget({ db })
})
afterEach(() => {
  target.target.close()
  rmSync(folder, { recursive: true })
})

/** Closes the target and reads every hash from its file. */
function storedHashes(): readonly string[] {
  target.target.close()
  const database = new Database(db, { readonly: true })
  const hashes = database.prepare<[], string>("SELECT hash FROM secret ORDER BY resource, name").pluck().all()
  database.close()
  return hashes
}

/** Whether the hash is one of that password, by Node's scrypt with the cost and salt that the hash names. */
function verifies(hash: string | undefined, password: string): boolean {
  const [, ln, r, p, salt, key] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]{22})\$([\w-]{43})$/.exec(hash ?? "") ?? []
  if (salt === undefined) return false
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) }
  return cost.N >= 16_384 && scryptSync(password, salt, 32, cost).toString("base64url") === key
}

describe("a password", () => {
  it.each<readonly [string, (path: string) => Promise<unknown>]>([
    ["PUT", (path) => target.send("PUT", path, user("ada", { password: "second" }))],
    [
      "PATCH by path",
      (path) => target.send("PATCH", path, patch({ op: "replace", path: "password", value: "second" })),
    ],
    ["PATCH by value", (path) => target.send("PATCH", path, patch({ op: "add", value: { PassWord: "second" } }))],
    [
      "PATCH by URN",
      (path) => target.send("PATCH", path, patch({ op: "add", path: `${USER_URN}:password`, value: "second" })),
    ],
    [
      "bulk",
      (path) =>
        target.send("POST", "/Bulk", {
          schemas: [BULK_REQUEST_URN],
          Operations: [{ method: "PATCH", path, data: patch({ op: "add", path: "password", value: "second" }) }],
        }),
    ],
  ])("RFC7643-9.2-01 set by POST and then by %s is kept as the hash of the last one", async (_how, change) => {
    const id = await target.create("/Users", user("ada", { password: "first" }))
    await change(`/Users/${id}`)
    const hashes = storedHashes()
    expect(hashes).toHaveLength(1)
    expect([verifies(hashes[0], "second"), verifies(hashes[0], "first")]).toEqual([true, false])
  })

  it("RFC7643-9.2-01 stands nowhere in the file", async () => {
    await target.create("/Users", user("ada", { password: "correct horse" }))
    target.target.close()
    const database = new Database(db, { readonly: true })
    const bytes = database.serialize()
    database.close()
    expect(bytes.includes("ada")).toBe(true)
    expect(bytes.includes("correct horse")).toBe(false)
  })

  it("RFC7643-9.2-01 has a salt of its own, for the same password in one job too", async () => {
    const create = (userName: string): JsonObject => {
      return { method: "POST", path: "/Users", bulkId: userName, data: user(userName, { password: "same" }) }
    }
    const job = { schemas: [BULK_REQUEST_URN], Operations: [create("ada"), create("bob")] }
    expect((await target.send("POST", "/Bulk", job)).json["Operations"]).toMatchObject([
      { status: "201" },
      { status: "201" },
    ])
    const hashes = storedHashes()
    expect(new Set(hashes).size).toBe(2)
    expect(hashes.map((hash) => verifies(hash, "same"))).toEqual([true, true])
  })

  it("RFC7644-5-01 RFC7644-7.8-01 is one whatever its Unicode form and its kind of blank", async () => {
    await target.create("/Users", user("ada", { password: "cafe\u0301\u00a0au lait" }))
    expect(storedHashes().map((hash) => verifies(hash, "caf\u00e9 au lait"))).toEqual([true])
  })

  it("RFC7644-3.5.1-01 stays where a PUT leaves it out: no client can read it to send it back", async () => {
    const id = await target.create("/Users", user("ada", { password: "first" }))
    await target.send("PUT", `/Users/${id}`, user("ada"))
    expect(storedHashes().map((hash) => verifies(hash, "first"))).toEqual([true])
  })

  it("is forgotten when it is removed, and with its user", async () => {
    const ada = await target.create("/Users", user("ada", { password: "first" }))
    const bob = await target.create("/Users", user("bob", { password: "first" }))
    expect((await target.send("PATCH", `/Users/${ada}`, patch({ op: "remove", path: "password" }))).status).toBe(200)
    expect((await target.send("DELETE", `/Users/${bob}`)).status).toBe(204)
    expect(storedHashes()).toEqual([])
  })

  it("is forgotten with a write that fails", async () => {
    await target.create("/Users", user("ada"))
    const taken = await target.send("POST", "/Users", user("ada", { password: "first" }))
    expect(taken.status).toBe(409)
    expect(storedHashes()).toEqual([])
  })

  it("RFC7644-3.14-03 changes the version, by a step and not by its content", async () => {
    const path = `/Users/${await target.create("/Users", user("ada", { password: "first" }))}`
    const set = (value: string) => target.send("PATCH", path, patch({ op: "replace", path: "password", value }))
    expect((await set("second")).headers.get("etag")).toBe('W/"2"')
    expect((await set("second")).headers.get("etag")).toBe('W/"3"')
  })

  it("is hashed while others are served", async () => {
    const order: string[] = []
    const note = async (name: string, sent: Promise<unknown>): Promise<void> => {
      await sent
      order.push(name)
    }
    await Promise.all([
      note("with", target.send("POST", "/Users", user("ada", { password: "first" }))),
      note("without", target.send("POST", "/Users", user("bob"))),
    ])
    expect(order).toEqual(["without", "with"])
  })

  it("does not change which ids are given, however long hashing takes", async () => {
    const first = target.send("POST", "/Users", user("ada", { password: "first" }))
    const second = target.send("POST", "/Users", user("bob", { password: "second" }))
    const [ada, bob] = [textOf(await first, "id"), textOf(await second, "id")]
    expect(ada < bob).toBe(true)
  })

  it("RFC7644-7.7-02 stands in no entry of the audit log, whether it was taken or refused", async () => {
    const { administer, create, send } = createGuardedTarget()
    const path = `/Users/${await create("/Users", user("ada", { password: "correct horse" }))}`
    await send("PATCH", path, patch({ op: "replace", path: "password", value: "correct horse" }))
    await send("PATCH", path, patch({ op: "replace", path: "password", value: { "correct horse": 1 } }))
    await send("GET", `/Users?filter=${encodeURIComponent('password eq "correct horse"')}`)
    const log = await administer("GET", "/tenants/default/audit")
    expect(log.status).toBe(200)
    expect(log.text).toMatch(/"status":201.*"status":200.*"status":400.*"status":403|"status":403.*"status":201/s)
    expect(log.text).not.toContain("horse")
  })
})
