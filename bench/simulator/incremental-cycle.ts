/** An incremental cycle with a hundred changes, in a small tenant and in a large one: it costs what changed, not what is there. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import type { IdSource } from "../../protocol/index.ts"
import {
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  handlerTransport,
  type ProvisioningJob,
  type Tenant,
  type User,
  VirtualClock,
} from "../../simulator/index.ts"
import { createTarget, type Target } from "../../target/index.ts"
import { median } from "../median.ts"
import { type Cost, costOf } from "./measure.ts"
import { multiply, numbered, TEMPLATE, templateIds } from "./multiply.ts"

const START_MS = Date.UTC(2026, 0, 5, 8)
const BASE_URL = "http://localhost/scim/v2"
const TOKEN = "bench"
const CHANGES = 100
const WARM_UP_ROUNDS = 3

/** A tenant with its job and target, all in files of one folder. */
interface World {
  readonly clock: VirtualClock
  readonly tenant: Tenant
  readonly job: ProvisioningJob
  readonly target: Target
  close(): void
}

/** Opens the world of a folder: a new one, or the one that is there, if the job's id is given. */
function openWorld(folder: string, ids: IdSource, jobId?: string): World {
  const clock = new VirtualClock(START_MS)
  const random = createRandom(1)
  const tenant = createTenant({ clock, random, ids, db: join(folder, "tenant.db") })
  const application = tenant.applications()[0] ?? tenant.createApplication("Bench")
  const target = createTarget({ clock, ids, tokens: [TOKEN], baseUrl: BASE_URL, db: join(folder, "target.db") })
  const job = createProvisioningJob({
    tenant,
    application,
    transport: handlerTransport((request) => target.fetch(request), { clock }),
    clock,
    random,
    ids,
    baseUrl: BASE_URL,
    token: TOKEN,
    db: join(folder, "job.db"),
    ...(jobId !== undefined && { id: jobId }),
  })
  const close = (): void => {
    job.close()
    tenant.close()
    target.close()
  }
  return { clock, tenant, job, target, close }
}

/** A world with so many people, all provisioned: one of them for real, the others copied in all three stores. */
async function openFilled(folder: string, users: number): Promise<World & { readonly template: User }> {
  let ids: IdSource = createIdSource(createRandom(2))
  const first = openWorld(folder, { next: () => ids.next() })
  ids = templateIds()
  const name = `person-${TEMPLATE}`
  const template = first.tenant.createUser({
    userPrincipalName: `${name}@contoso.example`,
    displayName: `Person ${TEMPLATE}`,
    givenName: "Person",
    surname: TEMPLATE,
    mail: `${name}@contoso.example`,
    jobTitle: "Analyst",
    department: "Research",
  })
  first.tenant.applications()[0]?.assign(template)
  await first.clock.settle(first.job.start())
  first.close()

  multiply(
    join(folder, "tenant.db"),
    [
      { name: "objects", steps: { key: 1 } },
      { name: "assignments", steps: { principal_key: 1 } },
      // Created, and assigned.
      { name: "changes", steps: { seq: 2, object_key: 1 } },
    ],
    users,
  )
  multiply(join(folder, "job.db"), [{ name: "links", steps: {} }], users)
  multiply(
    join(folder, "target.db"),
    [
      { name: "resource", steps: { seq: 1 } },
      { name: "lookup", steps: { resource: 1 } },
    ],
    users,
  )
  skipFeed(folder)
  return { ...openWorld(folder, createIdSource(createRandom(3)), first.job.id), template }
}

/** Lets the next cycle begin behind the copies. */
function skipFeed(folder: string): void {
  const feed = new Database(join(folder, "tenant.db"), { readonly: true })
  const last = feed.prepare<[], number>("select max(seq) from changes").pluck().get()
  feed.close()
  const job = new Database(join(folder, "job.db"))
  job.prepare("update job_values set value = ? where name = 'watermark'").run(String(last))
  job.close()
}

/** Changes a hundred people all over the tenant, and runs the cycle that brings it to the target. */
async function cycle(world: World & { readonly template: User }, users: number, round: number): Promise<Cost> {
  const { tenant, template, job, clock } = world
  tenant.transaction(() => {
    for (let index = 0; index < CHANGES; index++) {
      const number = 1 + ((round + Math.floor((index * users) / CHANGES)) % users)
      tenant.update({ objectType: "User", id: numbered(template.id, number) }, { jobTitle: `Title ${round}` })
    }
  })
  const cost = await costOf(() => clock.settle(job.runCycle()))
  const updated = job.cycles().at(-1)?.counts.updated
  if (updated !== CHANGES) throw new Error(`${String(updated)} people were updated instead of ${CHANGES}.`)
  return cost
}

/** Gives the lines of a Markdown table. */
export async function compareIncrementalCycle(options: {
  readonly small: number
  readonly large: number
  readonly rounds: number
}): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  const open = async (users: number): Promise<(round: number) => Promise<Cost>> => {
    const place = join(folder, String(users))
    mkdirSync(place)
    const world = await openFilled(place, users)
    return (round) => cycle(world, users, round)
  }
  const small = await open(options.small)
  const large = await open(options.large)
  for (let round = 0; round < WARM_UP_ROUNDS; round++) for (const side of [small, large]) await side(round)
  const rounds: { small: Cost; large: Cost }[] = []
  for (let round = WARM_UP_ROUNDS; round < WARM_UP_ROUNDS + options.rounds; round++) {
    rounds.push({ small: await small(round), large: await large(round) })
  }
  rmSync(folder, { recursive: true, force: true })

  const row = (side: "small" | "large"): string => {
    const ms = median(rounds.map((round) => round[side].seconds * 1000))
    const cpuMs = median(rounds.map((round) => round[side].cpuUs / 1000))
    return `| ${options[side]} | ${ms.toFixed(1)} | ${cpuMs.toFixed(1)} |`
  }
  const wall = median(rounds.map(({ small, large }) => large.seconds / small.seconds))
  const cpu = median(rounds.map(({ small, large }) => large.cpuUs / small.cpuUs))
  return [
    `An incremental cycle with ${CHANGES} changed people, all stores in files, in one process with the target (aim: at most 1.2 apart).`,
    "",
    "| people | ms | CPU ms |",
    "| --- | ---: | ---: |",
    row("small"),
    row("large"),
    `| times the small one | ${wall.toFixed(2)} | ${cpu.toFixed(2)} |`,
    "",
  ]
}
