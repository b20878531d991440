/**
 * A year in which nothing happens, beside a bare loop that asks the target the same questions: what a cycle costs by itself. A program of its
 * own, which reports the lines of a Markdown table: a heap left by others, or code compiled for them, would tell on it.
 */
import type { Transport } from "../../protocol/index.ts"
import {
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  handlerTransport,
  type ProvisioningJob,
  toMs,
  VirtualClock,
} from "../../simulator/index.ts"
import { createTarget, type Target } from "../../target/index.ts"
import { median } from "../median.ts"
import { report } from "./child-report.ts"
import { type Cost, costOf } from "./measure.ts"

const START_MS = Date.UTC(2026, 0, 5, 8)
const INTERVAL_MS = toMs({ minutes: 40 })
/** A year's. */
const CYCLES = 13_140
const ROUNDS = 5
const TOKEN = "bench"
const BASE_URL = "http://localhost/scim/v2"
/** People and a group that are provisioned before the year begins. */
const USERS = 50

interface World {
  readonly clock: VirtualClock
  readonly target: Target
  readonly job: ProvisioningJob
  /** The requests since the people were provisioned. */
  readonly urls: readonly string[]
  close(): void
}

/** A target with a few people, and the job that has brought them there. */
async function openWorld(options: { readonly records: boolean }): Promise<World> {
  const clock = new VirtualClock(START_MS)
  const random = createRandom(1)
  const target = createTarget({ clock, ids: createIdSource(createRandom(3)), tokens: [TOKEN], baseUrl: BASE_URL })
  const onward = handlerTransport((request) => target.fetch(request), { clock })
  const urls: string[] = []
  const recorded: Transport = (request) => {
    urls.push(request.url)
    return onward(request)
  }
  const tenant = createTenant({ clock, random, ids: createIdSource(random) })
  const application = tenant.createApplication("Bench")
  application.assign(tenant.createGroup({ displayName: "Everybody" }, { members: tenant.createUsers(USERS) }))
  const job = createProvisioningJob({
    tenant,
    application,
    transport: options.records ? recorded : onward,
    clock,
    random,
    ids: createIdSource(random.fork("job")),
    baseUrl: BASE_URL,
    token: TOKEN,
  })
  await clock.settle(job.start())
  urls.length = 0
  return {
    clock,
    target,
    job,
    urls,
    close() {
      job.close()
      tenant.close()
      target.close()
    },
  }
}

async function liveQuietly(options = { records: false }): Promise<Cost & { urls: readonly string[] }> {
  const world = await openWorld(options)
  const cost = await costOf(() => world.clock.advance({ ms: CYCLES * INTERVAL_MS }))
  const ran = world.job.cycles().length - 1
  if (ran !== CYCLES) throw new Error(`${ran} cycles ran instead of ${CYCLES}.`)
  world.close()
  return { ...cost, urls: world.urls }
}

const HEADERS = { authorization: `Bearer ${TOKEN}` }

/** The same questions to the same target, one after the other. */
async function askAgain(urls: readonly string[], ask: (target: Target) => (url: string) => Promise<unknown>) {
  const world = await openWorld({ records: false })
  const askOne = ask(world.target)
  const cost = await costOf(async () => {
    for (const url of urls) await askOne(url)
  })
  world.close()
  return cost
}

/** With nothing in between. */
function bare(target: Target): (url: string) => Promise<string> {
  return async (url) => {
    const answer = await target.fetch(new Request(url, { headers: HEADERS }))
    return answer.text()
  }
}

/** Over the transport that the simulator uses, which gives and takes plain data. */
function overTransport(target: Target): (url: string) => Promise<unknown> {
  const transport = handlerTransport((request) => target.fetch(request))
  return (url) => transport({ method: "GET", url, headers: HEADERS, body: null })
}

async function compareQuietYear(): Promise<string[]> {
  const { urls } = await liveQuietly({ records: true })
  const rounds: Record<Side, Cost>[] = []
  // The first round only warms up: each side runs code that the other does not.
  for (let round = 0; round <= ROUNDS; round++) {
    const costs = {
      simulator: await liveQuietly(),
      bare: await askAgain(urls, bare),
      transport: await askAgain(urls, overTransport),
    }
    if (round > 0) rounds.push(costs)
  }
  const row = (name: string, side: Side): string => {
    const seconds = median(rounds.map((round) => round[side].seconds))
    const cpuUs = median(rounds.map((round) => round[side].cpuUs / CYCLES))
    const ratio = median(rounds.map((round) => round.simulator.cpuUs / round[side].cpuUs))
    return `| ${name} | ${seconds.toFixed(2)} | ${cpuUs.toFixed(0)} | ${ratio.toFixed(2)} |`
  }
  return [
    `A quiet year of ${CYCLES} cycles, each with its two probes, in one process with the target; beside loops that only send the same`,
    "probes (aim: at most twice the bare loop).",
    "",
    "| side | s | CPU µs a cycle | simulator beside it |",
    "| --- | ---: | ---: | ---: |",
    row("simulator", "simulator"),
    row("bare loop on the target's fetch handler", "bare"),
    row("loop over the in-process transport", "transport"),
    "",
  ]
}

type Side = "simulator" | "bare" | "transport"

report(await compareQuietYear())
