/** An initial cycle beside a bare loop that sends the same requests: what imitating Entra costs beyond the requests themselves. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Transport } from "../../protocol/index.ts"
import {
  type Application,
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  handlerTransport,
  socketTransport,
  SystemClock,
  type Tenant,
  VirtualClock,
} from "../../simulator/index.ts"
import { createTarget } from "../../target/index.ts"
import { median } from "../median.ts"
import { startTarget, urlOf } from "../server-process.ts"
import { type Cost, costOf } from "./measure.ts"
import { record, type Recording, replay } from "./replay.ts"

const START_MS = Date.UTC(2026, 0, 5, 8)
const GROUP_SIZE = 20
const PARALLEL = 4
const TOKEN = "bench"

interface Company {
  readonly tenant: Tenant
  readonly app: Application
  readonly clock: VirtualClock
}

/** People, groups of {@link GROUP_SIZE}, and an assignment for each of them. */
function found(users: number, groups: number): Company {
  const clock = new VirtualClock(START_MS)
  const random = createRandom(1)
  const tenant = createTenant({ clock, random, ids: createIdSource(random) })
  const app = tenant.createApplication("Bench")
  tenant.transaction(() => {
    const people = tenant.createUsers(users)
    app.assign(...people)
    for (let number = 0; number < groups; number++) {
      const members = Array.from({ length: GROUP_SIZE }, (_, index) => people[(number * GROUP_SIZE + index) % users])
      const present = members.filter((user) => user !== undefined)
      app.assign(tenant.createGroup({ displayName: `Group ${number}` }, { members: present }))
    }
  })
  return { tenant, app, clock }
}

/** Runs the initial cycle of a new job. */
async function runCycle(
  { tenant, app, clock }: Company,
  { transport, baseUrl, db }: { readonly transport: Transport; readonly baseUrl: string; readonly db: string },
): Promise<void> {
  const random = createRandom(2)
  const job = createProvisioningJob({
    tenant,
    application: app,
    transport,
    clock,
    random,
    ids: createIdSource(random),
    baseUrl,
    token: TOKEN,
    settings: { parallel: PARALLEL },
    db,
  })
  await clock.settle(job.start())
  const [cycle] = job.cycles()
  job.close()
  if (cycle?.state !== "Succeeded") throw new Error(`The cycle ended with ${cycle?.state ?? "nothing"}.`)
}

/** One side of a round, on a target of its own, as the built package serves it; `folder` is gone afterwards. */
async function onFreshTarget(main: string, work: (origin: string, folder: string) => Promise<Cost>): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  const target = await startTarget(main, join(folder, "target.db"), TOKEN)
  try {
    return await work(new URL(urlOf(target)).origin, folder)
  } finally {
    await target.stop("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Over a socket. `db`: where the job keeps its state, in memory unless told, as in `scimulate run`. */
async function simulate(
  company: Company,
  origin: string,
  {
    db = ":memory:",
    watch = (transport) => transport,
  }: { db?: string; watch?: (transport: Transport) => Transport } = {},
): Promise<void> {
  const socket = socketTransport({ allowNonLoopback: false, timeoutMs: 30_000, clock: company.clock })
  try {
    await runCycle(company, { transport: watch(socket), baseUrl: `${origin}/scim/v2`, db })
  } finally {
    await socket.close()
  }
}

/** Gives the lines of a Markdown table. */
export async function compareInitialCycle(
  main: string,
  options: {
    readonly users: number
    readonly groups: number
    readonly rounds: number
  },
): Promise<string[]> {
  const company = found(options.users, options.groups)
  const recording = await recordCycle(main, company)
  const rounds: Record<Side, Cost>[] = []
  for (let round = 0; round < options.rounds; round++) {
    rounds.push({
      simulator: await onFreshTarget(main, (origin) => costOf(() => simulate(company, origin))),
      bare: await onFreshTarget(main, (origin) => costOf(() => replay(recording, origin, PARALLEL))),
      durable: await onFreshTarget(main, (origin, folder) =>
        costOf(() => simulate(company, origin, { db: join(folder, "job.db") })),
      ),
    })
  }
  const inProcess = await runInProcess(company, options.rounds)
  company.tenant.close()

  const count = recording.requests.length
  const row = (name: string, side: Side): string => {
    const rate = median(rounds.map((round) => count / round[side].seconds))
    const cpuUs = median(rounds.map((round) => round[side].cpuUs / count))
    const ratio = median(rounds.map((round) => round.bare.seconds / round[side].seconds))
    return `| ${name} | ${rate.toFixed(0)} | ${ratio.toFixed(2)} | ${cpuUs.toFixed(0)} |`
  }
  const inProcessRate = (count / inProcess.seconds).toFixed(0)
  const inProcessCpuUs = (inProcess.cpuUs / count).toFixed(0)
  return [
    `Initial cycle of ${options.users} users and ${options.groups} groups of ${GROUP_SIZE}: ${count} requests, ${PARALLEL} at a time, to the reference target in a process of`,
    "its own, over a socket; beside a bare undici loop that sends the same requests (aim: at least 0.7 of its rate).",
    "",
    "| side | requests/s | of the bare loop's rate | client CPU µs a request |",
    "| --- | ---: | ---: | ---: |",
    row("bare loop", "bare"),
    row("simulator", "simulator"),
    row("simulator, its job kept in a file", "durable"),
    `| simulator and target in one process, no socket | ${inProcessRate} | | ${inProcessCpuUs}, the target's included |`,
    "",
  ]
}

type Side = "simulator" | "bare" | "durable"

async function recordCycle(main: string, company: Company): Promise<Recording> {
  let recorder: ReturnType<typeof record> | undefined
  await onFreshTarget(main, (origin) =>
    costOf(() =>
      simulate(company, origin, {
        watch(transport) {
          recorder = record(transport)
          return recorder.transport
        },
      }),
    ),
  )
  if (recorder === undefined) throw new Error("Nothing was recorded.")
  return recorder.end()
}

/** The median round against a target in this process and in memory. */
async function runInProcess(company: Company, rounds: number): Promise<Cost> {
  const costs: Cost[] = []
  for (let round = 0; round < rounds; round++) {
    const clock = new SystemClock()
    const target = createTarget({ clock, ids: createIdSource(createRandom(3)), tokens: [TOKEN] })
    const transport = handlerTransport((request) => target.fetch(request), { clock: company.clock })
    costs.push(
      await costOf(() => runCycle(company, { transport, baseUrl: "http://localhost/scim/v2", db: ":memory:" })),
    )
    target.close()
  }
  return { seconds: median(costs.map(({ seconds }) => seconds)), cpuUs: median(costs.map(({ cpuUs }) => cpuUs)) }
}
