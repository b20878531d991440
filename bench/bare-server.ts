/**
 * The yardstick for the reference target: Hono and better-sqlite3, one prepared statement a request, no SCIM. What the
 * target costs beyond this is what SCIM costs. Written for the comparison and used nowhere else.
 */
import Database from "better-sqlite3"
import { Hono } from "hono"
import { createSharedCommit } from "./shared-commit.ts"

/** How writes reach the disk: each with a commit of its own, or those that arrive together in one. */
export type Commits = "own" | "shared"

/** Lays out a new file; leaves one that is laid out as it is. */
export function createBareTables(db: Database.Database): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS item (id TEXT PRIMARY KEY, name TEXT UNIQUE, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS member (list TEXT, item TEXT, PRIMARY KEY (list, item)) WITHOUT ROWID;
  `)
}

/** A server that stores JSON texts by id, with an index on the name and a table of members. */
export function createBareServer(
  file: string,
  commits: Commits,
): { fetch(request: Request): Response | Promise<Response> } {
  const db = new Database(file)
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  createBareTables(db)
  const insert = db.prepare("INSERT INTO item (id, name, json) VALUES (?, ?, ?)")
  const byId = db.prepare<[string], { json: string }>("SELECT json FROM item WHERE id = ?")
  const byName = db.prepare<[string], { json: string }>("SELECT json FROM item WHERE name = ?")
  const page = db.prepare<[number, number], { json: string }>("SELECT json FROM item ORDER BY id LIMIT ? OFFSET ?")
  const patch = db.prepare("UPDATE item SET json = json_set(json, '$.displayName', ?) WHERE id = ?")
  const addMember = db.prepare("INSERT OR IGNORE INTO member (list, item) VALUES (?, ?)")
  const share = createSharedCommit(db)
  const write = async (run: () => void): Promise<void> => (commits === "shared" ? share(run) : run())
  // Behind the ids of everybody in a filled file: what is new lies together.
  let sequence = 10_000_000

  const json = { "content-type": "application/json" }
  const app = new Hono()
  app.post("/items", async (c) => {
    const text = await c.req.text()
    const id = `i${(sequence++).toString()}`
    const parsed: { userName?: string } = JSON.parse(text) as { userName?: string }
    await write(() => insert.run(id, parsed.userName ?? id, text))
    return c.body(`{"id":"${id}",${text.slice(1)}`, 201, json)
  })
  app.get("/items/:id", (c) => {
    const row = byId.get(c.req.param("id"))
    return row === undefined ? c.body(null, 404) : c.body(row.json, 200, json)
  })
  app.get("/items", (c) => {
    const name = c.req.query("name")
    if (name !== undefined) return c.body(`[${byName.get(name)?.json ?? ""}]`, 200, json)
    const rows = page.all(Number(c.req.query("count")), Number(c.req.query("start")))
    return c.body(`[${rows.map((row) => row.json).join(",")}]`, 200, json)
  })
  app.patch("/items/:id", async (c) => {
    const body: { value?: string } = await c.req.json()
    await write(() => patch.run(body.value ?? "", c.req.param("id")))
    return c.body(null, 204)
  })
  app.post("/lists/:id", async (c) => {
    const body: { value?: string } = await c.req.json()
    await write(() => addMember.run(c.req.param("id"), body.value ?? ""))
    return c.body(null, 204)
  })
  return app
}
