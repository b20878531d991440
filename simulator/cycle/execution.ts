/** One cycle as the job runs it: puts the parts together, and makes of how it ended a summary and a verdict on the job. */
import { type IdSource, type Random, type Scheduler, toRfc3339, type Transport } from "../../protocol/index.ts"
import { composerFor, type RequestPlan } from "../dialect/compose.ts"
import type { DialectName } from "../dialect/dialect.ts"
import { type DiscoveredTargets, interpretSchemas, NOTHING_DISCOVERED, SCHEMAS_REQUEST } from "../dialect/discovery.ts"
import { ERROR_CODES, type Reply } from "../dialect/errors.ts"
import type { ProbeOutcome } from "../dialect/interpret.ts"
import { send } from "../dialect/send.ts"
import type { LogOrigin } from "../log/entry.ts"
import type { LogStore } from "../log/store.ts"
import type { Connection } from "./connection.ts"
import { type CycleContext, type CycleCounts, type CycleKind, JobFailure } from "./context.ts"
import { type CycleEnding, runCycle } from "./cycle.ts"
import type { MappingPlan } from "./mapping-plan.ts"
import { TOO_MANY_DELETES } from "./deletion-threshold.ts"
import { probe, probeCause, type ProbeContext } from "./probe.ts"
import { countedReason, type QuarantineCause } from "./quarantine.ts"
import { createRecorder } from "./recorder.ts"
import type { JobSettings } from "./settings.ts"
import { Slots } from "./slots.ts"
import type { SourceDirectory } from "./source.ts"
import type { CycleVerdict } from "./state.ts"
import type { JobStore } from "./store.ts"
import { type CycleSummary, newCounts } from "./summary.ts"

/** What a cycle is made of; as it stood when the cycle began (ENG-CYCLE-11). */
export interface CycleParts {
  readonly transport: Transport
  /** As it is at the moment: new credentials are used from the next request on. */
  readonly connection: () => Connection
  readonly dialect: DialectName
  readonly clock: Scheduler
  readonly random: Random
  readonly ids: IdSource
  readonly plan: MappingPlan
  readonly settings: JobSettings
  readonly source: SourceDirectory
  readonly store: JobStore
  readonly log: LogStore
  readonly origin: LogOrigin
  /** *Allow deletes*: what was held back goes out, however many (ENG-DEL-06, documented). */
  readonly forceDeletes: boolean
  /** Counted up while the cycle runs. */
  readonly counts: CycleCounts
}

/** What a cycle looks at: everything, or the changes between two points of the feed. */
export type CycleWindow = Pick<CycleContext, "kind" | "since" | "until">

export interface CycleResult {
  readonly summary: CycleSummary
  readonly verdict: CycleVerdict
  /** Where the next incremental cycle begins; null where this one failed and its window is read again. */
  readonly watermark: number | null
  /** Nothing had changed, and nothing was waiting: it probed at most. */
  readonly isQuiet: boolean
}

/** Runs one cycle over a window; without a watermark it is an initial one. Rejects only for a fault of ours or a connection we refused to make. */
export async function executeCycle(parts: CycleParts, window: CycleWindow): Promise<CycleResult> {
  const startedMs = parts.clock.now()
  const opened = openCycle(parts)
  const quiet = isQuiet(parts, window)
  const ending = await endOf(() =>
    quiet ? runQuietCycle(parts, opened) : runWholeCycle(parts, opened, { ...window, startedMs }),
  )
  const { kind, until } = window
  const failure = ending instanceof JobFailure ? probeCause(ending.problem) : null
  const verdict =
    ending instanceof JobFailure ? quarantined(probeCause(ending.problem), false) : verdictOn(parts, kind, ending)
  if (verdict.kind === "pruned") parts.store.removeAllEscrows()
  const escrowed = parts.store.countEscrows("object") + parts.store.countEscrows("reference")
  const escrowedBySystem = parts.store.countEscrowsOf(ERROR_CODES.unresolvedReference)
  const counts = { ...parts.counts, escrowed, escrowedBySystem }
  const summary: CycleSummary = {
    id: opened.cycleId,
    kind,
    startedAt: toRfc3339(startedMs),
    endedAt: toRfc3339(parts.clock.now()),
    counts,
    state: failure !== null ? "Failed" : counts.failed > 0 ? "EntryLevelErrors" : "Succeeded",
    error: failure === null ? null : { code: failure.error.code, message: failure.error.message },
  }
  return { summary, verdict, watermark: failure === null ? until : null, isQuiet: quiet }
}

/** As *Test connection* does: the credentials are exchanged first, then the target is asked once (ENG-CRED-03, WIRE-029). */
export async function testConnection(parts: CycleParts): Promise<ProbeOutcome> {
  const access = await parts.connection().tokens.exchange()
  if (access.kind !== "token") return access
  const ending = await endOf(() => probe(probeContext(parts, createSender(parts, parts.ids.next(), newCounts()))))
  return ending instanceof JobFailure ? ending.problem : ending
}

/** Asks for the schemas of a gallery application (WIRE-065, documented). That it fails harms nothing else (inferred). */
export async function discoverTargets(parts: CycleParts): Promise<DiscoveredTargets> {
  const sendPlan = createSender(parts, parts.ids.next(), newCounts())
  const ending = await endOf(() => sendPlan(SCHEMAS_REQUEST))
  return ending instanceof JobFailure ? NOTHING_DISCOVERED : interpretSchemas(ending)
}

/** A cycle that has its id and can send, before it looks at anything. */
interface OpenedCycle {
  readonly cycleId: string
  readonly sendPlan: Sender
  /** Throws {@link JobFailure}. */
  readonly probeOrFail: () => Promise<void>
}

function openCycle(parts: CycleParts): OpenedCycle {
  const cycleId = parts.ids.next()
  const sendPlan = createSender(parts, cycleId, parts.counts)
  const probeOrFail = async (): Promise<void> => {
    const outcome = await probe(probeContext(parts, sendPlan))
    if (outcome.kind !== "ready") throw new JobFailure(outcome)
  }
  return { cycleId, sendPlan, probeOrFail }
}

/** Nothing has changed, nothing has failed, and nothing is held back or left over. */
function isQuiet({ store }: CycleParts, { kind, since, until }: CycleWindow): boolean {
  return kind === "incremental" && since >= until && store.isIdle()
}

/** Most cycles of a year: they only ask whether the endpoint is there. */
async function runQuietCycle({ settings }: CycleParts, { probeOrFail }: OpenedCycle): Promise<CycleEnding> {
  if (settings.probe === "always") await probeOrFail()
  return { heldDeletions: false }
}

function runWholeCycle(
  parts: CycleParts,
  opened: OpenedCycle,
  window: CycleWindow & Pick<CycleContext, "startedMs">,
): Promise<CycleEnding> {
  const context = toContext(parts, opened, { ...window, onDemand: null })
  return runCycle(context, { probe: opened.probeOrFail, forceDeletes: parts.forceDeletes })
}

/** What the work gave, or the failure of the job itself. */
export async function endOf<T>(run: () => Promise<T>): Promise<T | JobFailure> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof JobFailure) return error
    throw error
  }
}

type WorkWindow = Pick<CycleContext, "kind" | "since" | "until" | "startedMs" | "onDemand">

export function createContext(
  parts: CycleParts,
  window: WorkWindow,
): { context: CycleContext; probeOrFail: () => Promise<void> } {
  const opened = openCycle(parts)
  return { context: toContext(parts, opened, window), probeOrFail: opened.probeOrFail }
}

function toContext(
  parts: CycleParts,
  { cycleId, sendPlan, probeOrFail }: OpenedCycle,
  window: WorkWindow,
): CycleContext {
  const { clock, random, ids, plan, settings, source, store, dialect, counts } = parts
  const slots = new Slots(clock, settings.parallel)
  const { record, settle } = createRecorder(parts, { cycleId, isOnDemand: window.onDemand !== null })
  return {
    ...window,
    holdsDeletions: false,
    cycleId,
    plan,
    settings,
    source,
    store,
    composer: composerFor(dialect, settings.wire),
    clock,
    ids,
    dialect,
    evaluation: { clock, random, ids, source, taken: [], switches: settings.expressionSwitches },
    counts,
    record,
    settle,
    // RES-09: a 401 in mid-cycle is the job's matter when the probe is refused as well, else the object's.
    exchange: (request, note) =>
      slots.use(async () => {
        const reply = await sendPlan(request, note)
        if (reply.kind === "answered" && reply.response.status === 401) await probeOrFail()
        return reply
      }),
  }
}

type Sender = (plan: RequestPlan, note?: () => void) => Promise<Reply>

/** Sends with a token that holds; where there is none to be had, the job can't go on (WIRE-030, documented). */
function createSender(parts: CycleParts, activityId: string, counts: { requests: number }): Sender {
  const { transport, clock, settings } = parts
  const options = { transport, clock, wire: settings.wire, activityId }
  return async (plan, note) => {
    const { baseUrl, tokens } = parts.connection()
    const given = tokens.current()
    const access = given instanceof Promise ? await given : given
    if (access.kind !== "token") throw new JobFailure(access)
    note?.()
    counts.requests += 1
    const reply = await send(plan, { baseUrl, token: access.token }, options)
    if (reply.kind === "answered" && reply.response.status === 401) tokens.refused(access.token)
    return reply
  }
}

function probeContext({ plan, ids, dialect, settings }: CycleParts, sendPlan: Sender): ProbeContext {
  return { plan, ids, composer: composerFor(dialect, settings.wire), send: sendPlan }
}

/** What a cycle that ran to its end says about the job. */
function verdictOn(parts: CycleParts, kind: CycleKind, { heldDeletions }: CycleEnding): CycleVerdict {
  return heldDeletions ? quarantined(TOO_MANY_DELETES, true) : countVerdict(parts, kind)
}

/** The count rules; in an initial cycle they prune instead of quarantining (ENG-RETRY-09, documented). */
function countVerdict({ store, settings }: CycleParts, kind: CycleKind): CycleVerdict {
  const objectFailures = store.countEscrows("object")
  const referenceFailures = Math.max(store.countEscrows("reference"), store.references.countPending())
  // Only then is it worth counting all that succeeded.
  if (objectFailures + referenceFailures < settings.quarantine.minimumFailures) return { kind: "healthy" }
  const successes = Math.max(0, store.countLinks() - objectFailures)
  const reason = countedReason({ objectFailures, referenceFailures, successes }, settings.quarantine)
  if (reason === null) return { kind: "healthy" }
  if (kind === "initial") return { kind: "pruned" }
  const message = `Too many failures: ${objectFailures} of objects, ${referenceFailures} of references.`
  return quarantined({ reason, error: { code: reason, message, tenantActionable: true } }, true)
}

function quarantined(cause: QuarantineCause, ranToEnd: boolean): CycleVerdict {
  return { kind: "quarantined", cause, ranToEnd }
}
