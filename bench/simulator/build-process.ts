/** One side of build-tenant.ts: `tenant` builds it, `inserts` writes the rows of that file to another one. */
import Database from "better-sqlite3"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { createIdSource, createRandom, createTenant, VirtualClock } from "../../simulator/index.ts"
import { report } from "./child-report.ts"
import { type Cost, costOf } from "./measure.ts"

/** What a side reports. */
export type Built = Cost & { readonly peakMb: number }

const [side, usersText, folder] = process.argv.slice(2)
if (folder === undefined) throw new Error("usage: build-process.ts tenant|inserts USERS FOLDER")
const built = join(folder, "tenant.db")
const copy = join(folder, "copy.db")

async function buildTenant(users: number): Promise<Cost> {
  discard(built)
  const random = createRandom(1)
  const clock = new VirtualClock(Date.UTC(2026, 0, 5, 8))
  return costOf(async () => {
    const tenant = createTenant({ clock, random, ids: createIdSource(random), db: built })
    tenant.populate({ users, groupSizes: [] })
    tenant.close()
  })
}

/** Rows held at a time: reading them is not what is measured. */
const CHUNK_ROWS = 20_000

/** One prepared insert a table, all in one transaction, into tables and indexes as the directory's. */
async function insertRows(): Promise<Cost> {
  discard(copy)
  const source = new Database(built, { readonly: true })
  const target = new Database(copy)
  target.pragma("journal_mode = WAL")
  target.pragma("synchronous = NORMAL")
  const layout = source
    .prepare<[], string>("select sql from sqlite_schema where sql is not null and name not like 'sqlite_%'")
    .pluck()
  target.exec(layout.all().join(";"))
  let total: Cost = { seconds: 0, cpuUs: 0 }
  const add = ({ seconds, cpuUs }: Cost): void => {
    total = { seconds: total.seconds + seconds, cpuUs: total.cpuUs + cpuUs }
  }
  target.exec("begin")
  for (const table of ["objects", "changes"]) {
    const read = source.prepare<[], unknown[]>(`select * from ${table}`).raw()
    const insert = target.prepare(
      `insert into ${table} values (${read
        .columns()
        .map(() => "?")
        .join(", ")})`,
    )
    let chunk: unknown[][] = []
    const flush = async (): Promise<void> => {
      const rows = chunk
      chunk = []
      add(await costOf(async () => rows.forEach((row) => insert.run(...row))))
    }
    for (const row of read.iterate()) {
      chunk.push(row)
      if (chunk.length === CHUNK_ROWS) await flush()
    }
    await flush()
  }
  add(
    await costOf(async () => {
      target.exec("commit")
      target.close()
    }),
  )
  source.close()
  return total
}

function discard(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(file + suffix, { force: true })
}

const cost = side === "tenant" ? await buildTenant(Number(usersText)) : await insertRows()
const result: Built = { ...cost, peakMb: process.resourceUsage().maxRSS / 1024 }
report(result)
