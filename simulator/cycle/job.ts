/**
 * The provisioning job: an application's link to its target. It runs a cycle when started and every 40 minutes from then on, on
 * the clock it is given, until paused; it keeps what it knows in SQLite (ENG-JOB-01 to -11).
 */
import type { SynchronizationSchedule, SynchronizationStatus } from "@microsoft/microsoft-graph-types"
import Database from "better-sqlite3"
import type { IdSource, Random, Scheduler, Transport } from "../../protocol/index.ts"
import type { DialectName } from "../dialect/dialect.ts"
import { type Connection, parseTenantUrl } from "../dialect/send.ts"
import type { Application } from "../directory/applications.ts"
import type { Tenant } from "../directory/tenant.ts"
import type { LogOrigin, ProvisioningLogEntry } from "../log/entry.ts"
import { type LogQuery, LogStore } from "../log/store.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ObjectType, ProvisioningMappings } from "../mapping/model.ts"
import { assertUsable } from "../mapping/problem.ts"
import { validateMappings } from "../mapping/validate.ts"
import type { Escrow } from "./escrow.ts"
import { type CycleParts, executeCycle, testConnection } from "./execution.ts"
import { JobError } from "./job-error.ts"
import { type MappingPlan, planMappings } from "./mapping-plan.ts"
import { validationCode } from "./probe.ts"
import { isExpired, type Quarantine } from "./quarantine.ts"
import { type ResetFlag, resetEffects } from "./reset.ts"
import { nextCycleStartMs } from "./schedule.ts"
import { applySettings, DEFAULT_SETTINGS, type GivenSettings, type JobSettings } from "./settings.ts"
import { createSource } from "./source.ts"
import {
  cycleEnded,
  disabled,
  FRESH_JOB,
  type JobState,
  paused,
  type ScheduleState,
  started,
  type StatusCode,
} from "./state.ts"
import { toGraphSchedule, toGraphStatus } from "./status.ts"
import { JobStore, type Link } from "./store.ts"
import type { CycleSummary } from "./summary.ts"

export interface ProvisioningJobOptions {
  readonly tenant: Tenant
  readonly application: Application
  readonly transport: Transport
  readonly clock: Scheduler
  readonly random: Random
  readonly ids: IdSource
  /** The Tenant URL: `https://example.com/scim/v2`. */
  readonly baseUrl: string
  /** The secret token, sent as it is (WIRE-021). */
  readonly token: string
  /** Default: as the Tenant URL's flag says (WIRE-004). */
  readonly dialect?: DialectName
  /** Default: those of a new non-gallery application. */
  readonly mappings?: ProvisioningMappings
  readonly settings?: GivenSettings
  /** Where the job keeps its state: a file, or ":memory:" (default). */
  readonly db?: string
  /** Reopens the job of this id that `db` holds: links, escrows, watermark, log and state. An active one goes on at once. */
  readonly id?: string
}

/** What the connection test found. */
export type ConnectionTest =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Where the job stands, in short; `status()` says it in Graph's words. */
export interface JobCondition {
  readonly schedule: ScheduleState
  readonly code: StatusCode
  readonly quarantine: Quarantine | null
}

export interface ProvisioningJob {
  /** `scim.<tenant>.<guid>` (ENG-JOB-07). */
  readonly id: string
  readonly dialect: DialectName
  /**
   * Starts or resumes, and clears a quarantine; resolves when the first cycle has ended, which is an initial one unless one has
   * been completed before. A job that runs in good health is left alone (ENG-JOB-03).
   */
  start(): Promise<void>
  /** Stops after the running cycle; everything is kept (ENG-JOB-04, ENG-CYCLE-10). */
  pause(): void
  /** Resets what the flags say, by default what the portal's *Restart provisioning* does, and runs a cycle (ENG-RESTART-01). */
  restart(flags?: readonly ResetFlag[]): Promise<void>
  /** Runs one cycle now, whatever the schedule says; the schedule goes on from here. Ours: the product has no such thing. */
  runCycle(): Promise<CycleSummary>
  condition(): JobCondition
  status(): SynchronizationStatus
  schedule(): SynchronizationSchedule
  links(): readonly Link[]
  /** The link of one source object, by its id. */
  link(objectType: ObjectType, sourceId: string): Link | null
  /** Deletes one object connection. Throws {@link JobError} unless the job is paused or disabled (ENG-MATCH-07). */
  removeLink(objectType: ObjectType, sourceId: string): void
  escrows(): readonly Escrow[]
  /** Entries of the provisioning log, the oldest first. */
  log(query?: LogQuery): readonly ProvisioningLogEntry[]
  cycles(): readonly CycleSummary[]
  /** Used from the next request on; a quarantine stays until the next attempt or start (engine §17.17, inferred). */
  updateCredentials(credentials: { readonly baseUrl?: string; readonly token?: string }): void
  /** The next cycle is an initial one and follows at once; links are kept (ENG-CYCLE-12). Throws MappingError where a save would. */
  updateMappings(mappings: ProvisioningMappings): void
  /** Applies to objects evaluated from now on; what is linked is not looked at again before a restart (ENG-SCOPE-12). */
  updateSettings(settings: GivenSettings): void
  testConnection(): Promise<ConnectionTest>
  /** Stops and lets go of the database. A cycle that is running must have ended. */
  close(): void
}

/** Creates a job, paused until started. Throws TenantUrlError for a bad Tenant URL, MappingError for bad mappings. */
export function createProvisioningJob(options: ProvisioningJobOptions): ProvisioningJob {
  const { tenant, application, transport, clock, random, ids } = options
  const id = options.id ?? `scim.${ids.next().replaceAll("-", "")}.${ids.next()}`
  const database = new Database(options.db ?? ":memory:")
  const store = new JobStore(database, id)
  const log = new LogStore(database, id)
  const tenantUrl = parseTenantUrl(options.baseUrl)
  const dialect = options.dialect ?? tenantUrl.dialect
  const origin = originOf(store, application, id, ids)
  let connection: Connection = { baseUrl: tenantUrl.baseUrl, token: options.token }
  let settings: JobSettings = applySettings(DEFAULT_SETTINGS, options.settings ?? {})
  let plan = checkedPlan(options.mappings ?? defaultMappings())
  let state: JobState = storedState(store) ?? FRESH_JOB
  let running: Promise<CycleSummary> | null = null
  let forceDeletes = false
  let cancelNext = (): void => undefined

  const parts = (): CycleParts => ({
    transport,
    connection,
    dialect,
    clock,
    random,
    ids,
    plan,
    settings,
    source: createSource(tenant, application, settings),
    store,
    log,
    origin,
    forceDeletes,
  })
  const setState = (next: JobState): void => {
    state = next
    store.setValue("state", JSON.stringify(next))
  }
  const watermark = (): number | null => {
    const text = store.value("watermark")
    return text === null ? null : Number(text)
  }
  const cycles = (): CycleSummary[] => store.cycles().map((text): CycleSummary => JSON.parse(text))

  /** Runs a cycle, or waits for the one that is running: cycles never overlap (ENG-CYCLE-07). */
  function run(): Promise<CycleSummary> {
    running ??= runOnce().finally(() => {
      running = null
    })
    return running
  }

  async function runOnce(): Promise<CycleSummary> {
    cancelNext()
    const startedMs = clock.now()
    const planAtStart = plan
    const result = await executeCycle(parts(), watermark())
    const endedMs = clock.now()
    forceDeletes = false
    // Mappings that changed meanwhile make the next cycle an initial one (ENG-CYCLE-11).
    const isCurrent = plan === planAtStart
    store.atomically(() => {
      if (result.watermark !== null && isCurrent) store.setValue("watermark", String(result.watermark))
      store.addCycle(JSON.stringify(result.summary))
      log.removeBefore(endedMs - settings.logRetentionMs)
    })
    setState(cycleEnded(state, result.verdict, endedMs, settings.quarantine))
    const quarantineAttemptMs = state.quarantine?.nextAttemptMs ?? null
    const nextMs = nextCycleStartMs({ startedMs, endedMs, intervalMs: settings.intervalMs, quarantineAttemptMs })
    scheduleAt(isCurrent ? nextMs : endedMs)
    return result.summary
  }

  function scheduleAt(startMs: number): void {
    cancelNext()
    if (state.schedule !== "Active") return
    cancelNext = clock.schedule(startMs - clock.now(), async () => {
      if (state.quarantine !== null && isExpired(state.quarantine, clock.now(), settings.quarantine)) {
        setState(disabled(state))
      } else {
        await run()
      }
    })
  }

  scheduleAt(clock.now())
  return {
    id,
    dialect,
    async start() {
      await running
      if (state.schedule === "Active" && state.quarantine === null) return
      setState(started(state, { hasWatermark: watermark() !== null }))
      await run()
    },
    pause() {
      cancelNext()
      setState(paused(state))
    },
    async restart(flags) {
      await running
      const effects = resetEffects(flags)
      if (effects.links) store.removeAllLinks()
      if (effects.escrows) store.removeAllEscrows()
      if (effects.watermark) store.setValue("watermark", null)
      forceDeletes = effects.forceDeletes
      const lifts = effects.quarantine || (forceDeletes && state.quarantine?.reason === "TooManyDeletes")
      setState(started(state, { hasWatermark: watermark() !== null, keepsQuarantine: !lifts }))
      await run()
    },
    runCycle: run,
    condition: () => ({ schedule: state.schedule, code: state.code, quarantine: state.quarantine }),
    status: () => toGraphStatus(state, cycles()),
    schedule: () => toGraphSchedule(state, settings.intervalMs),
    links: () => store.links(),
    link: (objectType, sourceId) => store.link(objectType, sourceId),
    removeLink(objectType, sourceId) {
      if (state.schedule === "Active") {
        throw new JobError("An object connection can be deleted only while the job is paused or disabled.")
      }
      store.removeLink(objectType, sourceId)
    },
    escrows: () => store.escrows(),
    log: (query) => log.entries(query),
    cycles,
    updateCredentials({ baseUrl, token }) {
      connection = {
        baseUrl: baseUrl === undefined ? connection.baseUrl : parseTenantUrl(baseUrl).baseUrl,
        token: token ?? connection.token,
      }
    },
    updateMappings(mappings) {
      plan = checkedPlan(mappings)
      store.setValue("watermark", null)
      store.removeAllEscrows()
      if (state.schedule !== "Active") return
      setState(started(state, { hasWatermark: false }))
      if (running === null) scheduleAt(clock.now())
    },
    updateSettings(given) {
      settings = applySettings(settings, given)
    },
    async testConnection() {
      const outcome = await testConnection(parts())
      if (outcome.kind === "ready") return { ok: true }
      return { ok: false, code: validationCode(outcome), message: outcome.error.reason }
    },
    close() {
      cancelNext()
      database.close()
    },
  }
}

/** Who the log says it is: drawn once, and kept. */
function originOf(store: JobStore, application: Application, jobId: string, ids: IdSource): LogOrigin {
  const known = store.value("systems")
  const systems: Pick<LogOrigin, "tenantId" | "sourceSystemId" | "targetSystemId"> =
    known === null
      ? { tenantId: ids.next(), sourceSystemId: ids.next(), targetSystemId: ids.next() }
      : JSON.parse(known)
  if (known === null) store.setValue("systems", JSON.stringify(systems))
  return { ...systems, jobId, servicePrincipal: { id: application.id, displayName: application.displayName } }
}

function storedState(store: JobStore): JobState | null {
  const text = store.value("state")
  return text === null ? null : JSON.parse(text)
}

function checkedPlan(mappings: ProvisioningMappings): MappingPlan {
  assertUsable(validateMappings(mappings))
  return planMappings(mappings)
}
