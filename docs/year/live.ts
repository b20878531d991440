/** Lives through the script: lets each event happen, watches what follows, and makes sure that nothing else did. */
import {
  type CycleSummary,
  type JobCondition,
  type Notification,
  type ProvisioningLogEntry,
  toMs,
} from "../../simulator/index.ts"
import { type Ending, readEnding } from "./ending.ts"
import { ENDS_AT, SCRIPT, STARTS_AT, type YearEvent } from "./script.ts"
import { type Exchange, openWorld, type World } from "./world.ts"

/** One event with what followed while the page looked on. */
export interface Chapter {
  readonly event: YearEvent
  readonly cycles: readonly Cycle[]
  readonly log: readonly ProvisioningLogEntry[]
  readonly mails: readonly Notification[]
  /** How the job stands at the end of it. */
  readonly condition: JobCondition
  /** How people and groups are called by then, by their ids in the directory and in the target. */
  readonly names: ReadonlyMap<string, string>
}

/** A cycle with what was sent. A connection test counts to the cycle at whose instant it was made. */
export interface Cycle {
  readonly atMs: number
  readonly summary: CycleSummary
  readonly exchanges: readonly Exchange[]
}

export interface Year {
  readonly chapters: readonly Chapter[]
  /** Of the whole year, as the rest. */
  readonly cycleCount: number
  readonly requestCount: number
  /** Of the requests, those that asked for somebody who cannot exist. */
  readonly probeCount: number
  readonly ending: Ending
}

const ONE_CYCLE = { minutes: 40 }
/** Less than the log's retention: a longer calm is passed in several pieces, so that no entry goes unread (ENG-LOG-08). */
const CALM_STRETCH_MS_MAX = toMs({ days: 20 })
const PROBE = /filter=\w+\+eq\+%22[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}%22$/

/** Asks for somebody who cannot exist. */
export function isProbe({ request }: Exchange): boolean {
  return request.method === "GET" && PROBE.test(request.url)
}

/** The same year each time, in a few seconds. Throws where something happened that no event accounts for. */
export async function liveThroughTheYear(): Promise<Year> {
  const world = openWorld(Date.parse(STARTS_AT))
  try {
    const witness = createWitness(world)
    const watched = []
    for (const [index, event] of SCRIPT.entries()) {
      watched.push(await watch(world, witness, event))
      await passCalmly(world, witness, event, Date.parse(SCRIPT[index + 1]?.at ?? ENDS_AT))
    }
    const summaries = world.job.cycles()
    return {
      chapters: watched.map(({ exchanges, ...rest }) => ({ ...rest, cycles: toCycles(exchanges, summaries) })),
      cycleCount: summaries.length,
      ...witness.counts(),
      ending: await readEnding(world),
    }
  } finally {
    world.close()
  }
}

/** Sees everything that the job sends and logs. */
interface Witness {
  /** What was sent and logged since the last call. */
  take(): Pick<Chapter, "log" | "names"> & { readonly exchanges: readonly Exchange[] }
  counts(): { readonly requestCount: number; readonly probeCount: number }
}

function createWitness(world: World): Witness {
  const { job } = world
  const names = new Map<string, string>()
  const logged = new Set<string>()
  let requestCount = 0
  let probeCount = 0
  return {
    take() {
      const exchanges = world.takeExchanges()
      requestCount += exchanges.length
      probeCount += exchanges.filter(isProbe).length
      const log = job.log().filter(({ id }) => !logged.has(id))
      for (const { id } of log) logged.add(id)
      for (const { sourceId, targetId, displayName } of job.links()) {
        names.set(sourceId, displayName)
        names.set(targetId, displayName)
      }
      for (const { sourceIdentity } of log) names.set(sourceIdentity.id, sourceIdentity.displayName)
      return { exchanges, log, names: new Map(names) }
    },
    counts: () => ({ requestCount, probeCount }),
  }
}

/** Lets an event happen and looks on for as long as it says. */
async function watch(world: World, witness: Witness, event: YearEvent) {
  const { job, clock } = world
  const mailsBefore = job.notifications().length
  await event.happen(world)
  await clock.advance(event.watch ?? ONE_CYCLE)
  const mails = job.notifications().slice(mailsBefore)
  return { event, ...witness.take(), mails, condition: job.condition() }
}

/** Lets time pass until an instant. Throws where anything but good probes is sent, or anything is logged. */
async function passCalmly({ clock }: World, witness: Witness, { title }: YearEvent, untilMs: number): Promise<void> {
  while (clock.now() < untilMs) {
    await clock.advance({ ms: Math.min(untilMs - clock.now(), CALM_STRETCH_MS_MAX) })
    const { exchanges, log } = witness.take()
    const loud = exchanges.find((exchange) => !isProbe(exchange) || exchange.response.status !== 200)
    const what = loud === undefined ? log[0]?.sourceIdentity.displayName : `${loud.request.method} ${loud.request.url}`
    if (what === undefined) continue
    throw new Error(`After "${title}" the year was to be calm, but there was ${what}. Watch longer, or script it.`)
  }
}

/** Time stands still in a cycle: what was sent at the instant at which it began belongs to it. */
function toCycles(exchanges: readonly Exchange[], summaries: readonly CycleSummary[]): Cycle[] {
  const byInstant = Map.groupBy(exchanges, ({ atMs }) => atMs)
  return summaries.flatMap((summary) => {
    const atMs = Date.parse(summary.startedAt)
    const together = byInstant.get(atMs)
    return together === undefined ? [] : [{ atMs, summary, exchanges: together }]
  })
}
