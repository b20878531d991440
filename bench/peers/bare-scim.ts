/**
 * The yardstick for a load profile: Hono and better-sqlite3 that answer the requests which Entra sends, and nothing else. No
 * schemas, no grammar, no checks: filters of the form `attribute eq "value"`, PATCH by plain property paths, members in a table
 * of their own. A server that keeps SCIM's rules costs more than this one; the difference is the price of the rules.
 */
import { randomUUID } from "node:crypto"
import Database from "better-sqlite3"
import { Hono } from "hono"
import { createSharedCommit } from "../shared-commit.ts"

type Json = Record<string, unknown>

interface Operation {
  readonly op: string
  readonly path?: string
  readonly value?: unknown
}

const HEADERS = { "content-type": "application/scim+json" }
/** One attribute compared with one text, as Entra asks. */
const FILTER = /^(\w+) eq "([^"]*)"$/
/** Members that a path removes: `members[value eq "…"]`. */
const REMOVED = /^members\[value eq "([^"]*)"\]$/

/** A server on one database file; writes that arrive together share a commit, as the reference target's do. */
export function createBareScim(file: string, token: string): Hono {
  const db = new Database(file)
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  db.exec(`
    CREATE TABLE resource (id TEXT PRIMARY KEY, type TEXT, name TEXT, external TEXT, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX by_name ON resource (type, name);
    CREATE INDEX by_external ON resource (type, external);
    CREATE TABLE member (grp TEXT, value TEXT, PRIMARY KEY (grp, value)) WITHOUT ROWID;
  `)
  const insert = db.prepare("INSERT INTO resource (id, type, name, external, json) VALUES (?, ?, ?, ?, ?)")
  const update = db.prepare("UPDATE resource SET name = ?, external = ?, json = ? WHERE id = ?")
  const remove = db.prepare("DELETE FROM resource WHERE id = ?")
  const byId = db.prepare<[string], { json: string }>("SELECT json FROM resource WHERE id = ?")
  const byName = db.prepare<[string, string], { json: string }>("SELECT json FROM resource WHERE type = ? AND name = ?")
  const byExternal = db.prepare<[string, string], { json: string }>(
    "SELECT json FROM resource WHERE type = ? AND external = ?",
  )
  const membersOf = db.prepare<[string], { value: string }>("SELECT value FROM member WHERE grp = ?")
  const addMember = db.prepare("INSERT OR IGNORE INTO member (grp, value) VALUES (?, ?)")
  const removeMember = db.prepare("DELETE FROM member WHERE grp = ? AND value = ?")
  const write = createSharedCommit(db)

  const app = new Hono()
  app.use(async (c, next) =>
    c.req.header("authorization") === `Bearer ${token}` ? await next() : c.body(null, 401, HEADERS),
  )
  app.get("/:type", (c) => {
    const [, attribute, value = ""] = FILTER.exec(c.req.query("filter") ?? "") ?? []
    const find = attribute === "externalId" ? byExternal : byName
    const found = attribute === undefined ? [] : find.all(c.req.param("type"), value).map(({ json }) => json)
    return c.body(`{"totalResults":${found.length.toString()},"Resources":[${found.join(",")}]}`, 200, HEADERS)
  })
  app.get("/:type/:id", (c) => {
    const id = c.req.param("id")
    const json = byId.get(id)?.json
    if (json === undefined) return c.body(null, 404, HEADERS)
    if (c.req.param("type") === "Users" || c.req.query("excludedAttributes") === "members")
      return c.body(json, 200, HEADERS)
    return c.body(`${json.slice(0, -1)},"members":${JSON.stringify(membersOf.all(id))}}`, 200, HEADERS)
  })
  app.post("/:type", async (c) => {
    const { members, ...resource }: Json = await c.req.json()
    const id = randomUUID()
    const json = JSON.stringify({ ...resource, id })
    await write(() => {
      insert.run(id, c.req.param("type"), ...keysOf(resource), json)
      for (const value of valuesOf(members)) addMember.run(id, value)
    })
    return c.body(json, 201, HEADERS)
  })
  app.patch("/:type/:id", async (c) => {
    const id = c.req.param("id")
    const body: { Operations?: Operation[] } = await c.req.json()
    if (byId.get(id) === undefined) return c.body(null, 404, HEADERS)
    await write(() => {
      const resource = JSON.parse(byId.get(id)?.json ?? "{}") as Json
      for (const operation of body.Operations ?? []) apply(id, resource, operation)
      update.run(...keysOf(resource), JSON.stringify(resource), id)
    })
    return c.body(null, 204)
  })
  app.delete("/:type/:id", async (c) => {
    await write(() => remove.run(c.req.param("id")))
    return c.body(null, 204)
  })
  return app

  function apply(id: string, resource: Json, { op, path = "", value }: Operation): void {
    const isRemoval = op.toLowerCase() === "remove"
    const removed = REMOVED.exec(path)?.[1]
    if (removed !== undefined) removeMember.run(id, removed)
    else if (path === "members")
      for (const member of valuesOf(value)) (isRemoval ? removeMember : addMember).run(id, member)
    else if (path === "") Object.assign(resource, value)
    else if (isRemoval) delete resource[path]
    else resource[path] = value
  }
}

function keysOf(resource: Json): [string, string] {
  const { userName, displayName, externalId } = resource as Record<string, string | undefined>
  return [userName ?? displayName ?? "", externalId ?? ""]
}

function valuesOf(members: unknown): string[] {
  return Array.isArray(members) ? members.map((member: { value?: unknown }) => String(member.value)) : []
}
