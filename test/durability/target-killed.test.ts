/** A target on a file that is killed in the middle of writes: what it has answered is there, and nothing is half there. */
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterAll, expect, it } from "vitest"
import { createRandom } from "../../simulator/index.ts"
import { start, temporaryFolder, type Running } from "../cli/spawn.ts"
import { Writer, type Holding, type Send } from "./write-load.ts"

const KILLS = 50
const WRITERS = 6
const SEED = 50
/** Answers after which the process is killed, at the most. */
const ANSWERS_MAX = 60
const TOKEN = "s3cret"

const folder = temporaryFolder()
afterAll(folder.remove)
const db = join(folder.path, "target.db")

async function startTarget(): Promise<{ readonly running: Running; readonly send: Send }> {
  const env = { NODE_COMPILE_CACHE: join(folder.path, "compile-cache") }
  const running = start(["target", "--port", "0", "--token", TOKEN, "--db", db], { cwd: folder.path, env })
  const url = await running.url
  const send: Send = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/scim+json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: response.text().then((text) => (text === "" ? null : JSON.parse(text))) }
  }
  return { running, send }
}

/** What SQLite itself says of a file whose process was killed. */
function checkFile(): void {
  const database = new Database(db)
  expect(database.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }])
  expect(database.pragma("foreign_key_check")).toEqual([])
  const lost = database.prepare("SELECT * FROM lookup WHERE resource NOT IN (SELECT seq FROM resource)").all()
  expect(lost).toEqual([])
  const unnamed = database.prepare(
    `SELECT id FROM resource WHERE type = 'User' AND seq NOT IN (SELECT resource FROM lookup WHERE name = 'User.userName')`,
  )
  expect(unnamed.all()).toEqual([])
  database.close()
}

interface Page {
  readonly totalResults: number
  readonly Resources: readonly {
    readonly id: string
    readonly userName?: string
    readonly displayName?: string
    readonly title?: string
    readonly members?: readonly { readonly value: string }[]
  }[]
}

async function listAll(send: Send, path: string): Promise<Page["Resources"]> {
  const resources: Page["Resources"][number][] = []
  for (;;) {
    const answer = await send("GET", `${path}?count=500&startIndex=${resources.length + 1}`)
    const page = (await answer.body) as Page
    resources.push(...page.Resources)
    if (page.Resources.length === 0) expect(resources.length).toBe(page.totalResults)
    if (resources.length >= page.totalResults) return resources
  }
}

/** What the server holds, by writer. */
async function readHoldings(send: Send): Promise<ReadonlyMap<string, { holding: Holding; ids: Map<string, string> }>> {
  const holdings = new Map<string, { holding: Holding; ids: Map<string, string> }>()
  const users = await listAll(send, "/Users")
  const groups = await listAll(send, "/Groups")
  const nameById = new Map(users.map(({ id, userName = "" }) => [id, userName]))
  for (const { id, displayName = "", members = [] } of groups) {
    const writer = displayName.split("-")[0] ?? ""
    const own = users.filter(({ userName }) => userName?.startsWith(`${writer}-`))
    holdings.set(writer, {
      holding: {
        titles: Object.fromEntries(own.map(({ userName = "", title = "" }) => [userName, title])),
        members: members.map(({ value }) => nameById.get(value) ?? `unknown ${value}`),
      },
      ids: new Map([[displayName, id], ...own.map((user) => [user.userName ?? "", user.id] as const)]),
    })
  }
  return holdings
}

/** Order has no meaning. */
function canonical({ titles, members }: Holding): string {
  const entries = Object.entries(titles).map((entry) => JSON.stringify(entry))
  return JSON.stringify([entries.toSorted(), members.toSorted()])
}

it(`killed ${KILLS} times under writes, the target holds all that it acknowledged and nothing half-written`, async () => {
  const random = createRandom(SEED)
  const writers = Array.from({ length: WRITERS }, (_, index) => new Writer(`w${index}`, random.fork(`writer ${index}`)))
  const kills = random.fork("kills")
  let acknowledged = 0
  let undecided = 0
  for (let round = 0; round <= KILLS; round += 1) {
    const { running, send } = await startTarget()
    const found = await readHoldings(send)
    for (const writer of writers) {
      const part = found.get(writer.name) ?? { holding: { titles: {}, members: [] }, ids: new Map<string, string>() }
      const possible = writer.possible()
      undecided += possible.length - 1
      expect(possible.map(canonical), `round ${round}, ${writer.name}`).toContain(canonical(part.holding))
      writer.adopt(part.holding, part.ids)
    }
    if (round < KILLS) {
      let left = 1 + kills.int(ANSWERS_MAX)
      const answered = () => {
        acknowledged += 1
        left -= 1
        if (left === 0) running.child.kill("SIGKILL")
      }
      await Promise.all(writers.map((writer) => writer.write({ send, answered })))
    } else running.child.kill("SIGKILL")
    expect((await running.ended).stderr).toBe("")
    checkFile()
  }
  // Otherwise nothing was being written when the process was killed.
  expect(acknowledged).toBeGreaterThan(KILLS * 10)
  expect(undecided).toBeGreaterThan(KILLS)
}, 900_000)
