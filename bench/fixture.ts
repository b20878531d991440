/**
 * Files full of people for both sides, without a million requests: one user and one group are made by the server itself, and
 * copied by SQL in the layout of its tables. Person n has the same number on both sides, so that both are asked the same.
 */
import Database from "better-sqlite3"
import { SCIM_MEDIA_TYPE } from "../protocol/index.ts"
import { createTarget } from "../target/index.ts"
import { createBareTables } from "./bare-server.ts"
import { groupBody, userBody } from "./dialogue.ts"

export interface Population {
  /** Numbered from 0. */
  readonly users: number
  /** How many members each group has: the last users, so that the first are in no group. Numbered from 0. */
  readonly groups: readonly number[]
}

/** The ids that stored people and groups have, by their numbers. */
export interface StoredIds {
  user(n: number): string
  group(n: number): string
}

const BARE_IDS: StoredIds = { user: (n) => `i${digits(n)}`, group: (n) => `list${n.toString()}` }
const TARGET_IDS: StoredIds = { user: (n) => orderedId("0000", n), group: (n) => orderedId("0001", n) }

/** As the target's own ids: in the order of creation. */
function orderedId(kind: string, n: number): string {
  return `01900000-${kind}-7000-8000-${n.toString(16).padStart(12, "0")}`
}

function digits(n: number): string {
  return n.toString().padStart(7, "0")
}

/** Stands for the number in the texts that are copied. */
const NUMBER = "#######"
const SAMPLE_IDS = { user: "sample-user", group: "sample-group" } as const

/** The numbers from 0 below a bound, as SQL. */
const NUMBERS = "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :count)"

/** A text of the sample with the number n in it, as SQL. */
function numbered(text: string): string {
  return `replace(${text}, '${NUMBER}', printf('%07d', n))`
}

/** Fills a new file for the bare server. */
export function fillBare(file: string, { users, groups }: Population): StoredIds {
  const db = openForFilling(file)
  createBareTables(db)
  db.prepare(
    `${NUMBERS} INSERT INTO item (id, name, json)
       SELECT 'i' || printf('%07d', n), ${numbered(":name")}, ${numbered(":json")} FROM number`,
  ).run({ count: users, name: `person${NUMBER}@bench.example`, json: userBody(NUMBER) })
  const addMembers = db.prepare(
    `${NUMBERS} INSERT INTO member (list, item) SELECT :list, 'i' || printf('%07d', :first + n) FROM number`,
  )
  for (const [n, count] of groups.entries()) {
    if (count > 0) addMembers.run({ count, first: users - count, list: BARE_IDS.group(n) })
  }
  db.close()
  return BARE_IDS
}

/** Fills a new file for the target: user n in place n + 1, and the groups behind them. */
export async function fillTarget(file: string, { users, groups }: Population): Promise<StoredIds> {
  await makeSamples(file)
  const db = openForFilling(file)
  // Out of the way of their copies.
  db.exec("UPDATE resource SET seq = -seq; UPDATE lookup SET resource = -resource")
  copySample(db, "user", { count: users, firstSeq: 1 })
  copySample(db, "group", { count: groups.length, firstSeq: users + 1 })
  db.exec("DELETE FROM resource WHERE seq < 0; DELETE FROM lookup WHERE resource < 0")
  const addMembers = db.prepare(
    `${NUMBERS} INSERT INTO membership (container, member) SELECT :container, n + :first FROM number ORDER BY n`,
  )
  for (const [n, count] of groups.entries()) {
    if (count > 0) addMembers.run({ count, first: users - count + 1, container: users + 1 + n })
  }
  db.close()
  return TARGET_IDS
}

/** A user and a group, by the target itself. */
async function makeSamples(file: string): Promise<void> {
  const ids: string[] = [SAMPLE_IDS.user, SAMPLE_IDS.group]
  const target = createTarget({
    db: file,
    anonymous: true,
    clock: { now: () => 1_772_366_400_000 },
    ids: { next: () => ids.shift() ?? "" },
  })
  for (const [path, body] of [
    ["Users", userBody(NUMBER)],
    ["Groups", groupBody(NUMBER)],
  ] as const) {
    const headers = { "content-type": SCIM_MEDIA_TYPE }
    const answer = await target.fetch(new Request(`http://bench/scim/v2/${path}`, { method: "POST", headers, body }))
    if (answer.status !== 201) throw new Error(`The first of ${path} was not created: ${await answer.text()}`)
  }
  target.close()
}

/** Copies a resource with its keys. Keys go one by one, each in the order of the table, which then grows at its end. */
function copySample(
  db: Database.Database,
  kind: "user" | "group",
  { count, firstSeq }: { count: number; firstSeq: number },
): void {
  const id = `printf('${TARGET_IDS[kind](0).slice(0, 24)}%012x', n)`
  const columns = db.prepare<[], { name: string; type: string }>("SELECT name, type FROM pragma_table_info('resource')")
  const copies = columns.all().map(({ name, type }) => {
    if (name === "seq") return "n + :firstSeq"
    return type === "TEXT" ? `replace(${numbered(`sample.${name}`)}, '${SAMPLE_IDS[kind]}', ${id})` : `sample.${name}`
  })
  const sample = db.prepare<[string], number>("SELECT seq FROM resource WHERE id = ?").pluck().get(SAMPLE_IDS[kind])
  if (sample === undefined) throw new Error(`No ${kind} was stored to be copied.`)
  db.prepare(
    `${NUMBERS} INSERT INTO resource SELECT ${copies.join()} FROM number JOIN resource sample ON sample.seq = :sample
       ORDER BY n`,
  ).run({ count, firstSeq, sample })
  const keys = db.prepare<[number], string>("SELECT DISTINCT key FROM lookup WHERE resource = ? ORDER BY key").pluck()
  const copyKey = db.prepare(
    `${NUMBERS} INSERT INTO lookup (key, name, resource) SELECT ${numbered(":key")}, name, n + :firstSeq
       FROM number JOIN lookup sample ON sample.key = :key AND sample.resource = :sample ORDER BY n, name`,
  )
  for (const key of keys.all(sample)) copyKey.run({ count, firstSeq, sample, key })
}

/** Without a log and without waiting for the disk: nobody needs a half-filled file. */
function openForFilling(file: string): Database.Database {
  const db = new Database(file)
  db.pragma("journal_mode = OFF")
  db.pragma("synchronous = OFF")
  db.pragma("cache_size = -262144")
  return db
}
