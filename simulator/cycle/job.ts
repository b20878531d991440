/**
 * The provisioning job: an application's link to its target. It runs a cycle when started and every 40 minutes from then on, on
 * the clock it is given, until paused; it keeps what it knows in SQLite (ENG-JOB-01 to -11).
 */
import { joined } from "../dialect/discovery.ts"
import { assertAddress, parseTenantUrl } from "../dialect/send.ts"
import { isExchanged } from "../dialect/credentials.ts"
import type { TokenIssuer } from "../dialect/entra-token.ts"
import type { LogOrigin } from "../log/entry.ts"
import { queryLog } from "../log/query.ts"
import { LogStore } from "../log/store.ts"
import { paced } from "../transport/pacing.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { assertUsable } from "../mapping/problem.ts"
import { validateMappings } from "../mapping/validate.ts"
import { changeConnection, type Connection, createConnection, toCredentials } from "./connection.ts"
import type { CycleCounts } from "./context.ts"
import { CycleLoop } from "./cycle-loop.ts"
import { type CycleParts, type CycleWindow, discoverTargets, executeCycle, testConnection } from "./execution.ts"
import { jobNumberOf, openJobDatabase } from "./job-database.ts"
import { JobError } from "./job-error.ts"
import type { ConnectionTest, CredentialChanges, ProvisioningJob, ProvisioningJobOptions } from "./job-interface.ts"
import { JobMemory } from "./job-memory.ts"
import { Journal } from "./journal.ts"
import { type MappingPlan, planMappings } from "./mapping-plan.ts"
import { provisionItems } from "./on-demand.ts"
import { CallWindow, onDemandItems } from "./on-demand-subject.ts"
import { validationCode } from "./probe.ts"
import { manualCause } from "./quarantine.ts"
import { resetEffects } from "./reset.ts"
import { parseSecrets } from "./secrets.ts"
import { applySettings, DEFAULT_SETTINGS, type JobSettings } from "./settings.ts"
import { createSource } from "./source.ts"
import { paused, quarantined, started } from "./state.ts"
import { toGraphSchedule, toGraphStatus } from "./status.ts"
import { JobStore } from "./store.ts"
import { newCounts } from "./summary.ts"

/**
 * Creates a job, paused until started, or reopens one. Throws TenantUrlError for a bad Tenant URL, CredentialsError for
 * credentials that can't be used, MappingError for bad mappings, JobError for a file that holds something else.
 */
export function createProvisioningJob(options: ProvisioningJobOptions): ProvisioningJob {
  const { tenant, application, transport, clock, random, ids } = options
  const { dialect = parseTenantUrl(options.baseUrl).dialect } = options
  const credentials = options.credentials ?? toCredentials(options.token)
  const connectionParts = { transport, clock, issuer: issuerOf(options) }
  let connection = createConnection({ baseUrl: options.baseUrl, credentials }, connectionParts)
  let settings: JobSettings = applySettings(DEFAULT_SETTINGS, options.settings ?? {})
  let plan = checkedPlan(options.mappings ?? defaultMappings())
  /** The cycle that is running, for `progress`. */
  let current: { readonly window: CycleWindow; readonly counts: CycleCounts } | null = null

  assertAddress(connection.baseUrl, settings.wire)
  const id = options.id ?? `${settings.wire.generation}.${tenant.id.replaceAll("-", "")}.${ids.next()}`
  const database = openJobDatabase(options.db ?? ":memory:")
  const number = jobNumberOf(database, id)
  const store = new JobStore(database, number)
  const memory = new JobMemory(store)
  const isNew = store.value("systems") === null
  const origin = originOf(store, options, id)
  const log = new LogStore(database, number, origin)
  const journal = new Journal({ store, log, origin, clock, ids })
  const calls = new CallWindow(clock)
  const source = () => createSource(tenant, application, settings, clock.now())

  const pacedTransport = paced(transport, clock, () => settings.requestsPerSecond)
  const parts = (given: Partial<CycleParts> = {}): CycleParts => ({
    transport: pacedTransport,
    connection: () => connection,
    dialect,
    clock,
    random,
    ids,
    plan,
    settings,
    source: source(),
    store,
    log,
    origin,
    forceDeletes: memory.forcesDeletes,
    counts: newCounts(),
    ...given,
  })
  const loop = new CycleLoop({
    clock,
    memory,
    store,
    settings: () => settings,
    plan: () => plan,
    feedPosition: () => source().watermark(),
    execute(window) {
      current = { window, counts: newCounts() }
      return executeCycle(parts({ counts: current.counts }), window)
    },
    onCycle() {
      log.removeBefore(clock.now() - settings.logRetentionMs)
      current = null
    },
    onState: (before, after) => journal.noteState(before, after, settings.notificationEmail),
  })
  const reconnected = (changes: CredentialChanges): Connection => {
    const next = changeConnection(connection, changes, connectionParts)
    assertAddress(next.baseUrl, settings.wire)
    return next
  }
  const restarted = (keepsQuarantine = false): void =>
    loop.setState(started(loop.state, { hasWatermark: memory.watermark !== null, keepsQuarantine }))
  const test = async (candidate: Connection): Promise<ConnectionTest> => {
    const outcome = await testConnection(parts({ connection: () => candidate }))
    if (outcome.kind === "ready") return { ok: true }
    return { ok: false, code: validationCode(outcome), message: outcome.error.reason }
  }

  async function discover(): Promise<void> {
    if (settings.schemaDiscovery) memory.discovered = joined(memory.discovered, await discoverTargets(parts()))
  }

  function updateMappings(mappings: ProvisioningMappings): void {
    plan = checkedPlan(mappings)
    store.atomically(() => {
      journal.noteActivity("mappings")
      memory.dropWatermark()
      store.removeAllEscrows()
      if (loop.state.schedule !== "Active") return
      restarted()
      if (!loop.isRunning) loop.scheduleAt(clock.now())
    })
  }

  if (isNew) journal.noteActivity("add")
  return {
    id,
    dialect,
    async start() {
      await loop.settled()
      if (loop.state.schedule === "Active" && loop.state.quarantine === null) return
      journal.noteActivity("start")
      restarted()
      await loop.run()
    },
    pause() {
      loop.stop()
      journal.noteActivity("pause")
      loop.setState(paused(loop.state))
    },
    async restart(flags) {
      await loop.settled()
      const effects = resetEffects(flags)
      store.atomically(() => {
        journal.noteActivity("restart")
        if (effects.links) store.removeAllLinks()
        if (effects.escrows) store.removeAllEscrows()
        if (effects.watermark) memory.dropWatermark()
        memory.forcesDeletes = effects.forceDeletes
        const lifts = effects.forceDeletes && loop.state.quarantine?.reason === "TooManyDeletes"
        restarted(!effects.quarantine && !lifts)
      })
      await loop.run()
    },
    runCycle: () => loop.run(),
    async provisionOnDemand(subject) {
      // WIRE-032, ENG-POD-03, documented.
      if (isExchanged(connection.credentials) && loop.state.schedule === "Active") {
        throw new JobError("Conflict", "A job with OAuth credentials must be stopped before provisioning on demand.")
      }
      calls.enter()
      const items = onDemandItems(subject, source())
      return loop.exclusively(() => provisionItems(parts(), items, memory.watermark ?? source().watermark()))
    },
    quarantine(reason = "QuarantinedOnDemand") {
      if (loop.state.schedule !== "Active" || loop.isRunning) {
        throw new JobError("Conflict", "Only a job that runs, between two cycles, can be quarantined by hand.")
      }
      const next = quarantined(loop.state, manualCause(reason), clock.now(), settings.quarantine)
      loop.setState(next)
      loop.scheduleAt(next.quarantine?.nextAttemptMs ?? clock.now())
    },
    condition: () => ({ schedule: loop.state.schedule, code: loop.state.code, quarantine: loop.state.quarantine }),
    status: () =>
      toGraphStatus(loop.state, store.records.cycles(), {
        entryCounts: store.entryCounts(),
        running: current && { worked: current.counts.imported, total: source().size(current.window) },
        nowMs: clock.now(),
      }),
    schedule: () => toGraphSchedule(loop.state, settings.intervalMs),
    links: () => store.links(),
    link: (objectType, sourceId) => store.link(objectType, sourceId),
    removeLink(objectType, sourceId) {
      if (loop.state.schedule === "Active") {
        throw new JobError("Conflict", "An object connection can be deleted only while the job is paused or disabled.")
      }
      store.removeLink(objectType, sourceId)
    },
    escrows: () => store.escrows(),
    log: (query) => log.entries(query),
    queryLog: (query) => queryLog(log.entries(), query),
    audit: () => journal.audit(),
    notifications: () => journal.notifications(),
    cycles: () => store.records.cycles(),
    updateCredentials(changes) {
      connection = reconnected(changes)
      journal.noteActivity("credentials")
    },
    async saveCredentials(changes) {
      const candidate = reconnected(changes)
      const result = await test(candidate)
      if (!result.ok) return result
      connection = candidate
      journal.noteActivity("credentials")
      await discover()
      return result
    },
    replaceSecrets(secrets) {
      const { baseUrl, credentials: given, settings: kept } = parseSecrets(secrets)
      connection = reconnected({ baseUrl, credentials: given })
      settings = applySettings(settings, kept)
      journal.noteActivity("credentials")
    },
    updateMappings,
    restoreDefaultMappings: () => updateMappings(defaultMappings()),
    updateSettings(given) {
      settings = applySettings(settings, given)
      journal.noteActivity("credentials")
    },
    openConfiguration: discover,
    discoveredTargets: () => memory.discovered,
    testConnection: () => test(connection),
    close() {
      loop.stop()
      try {
        store.records.writeCycles()
      } finally {
        database.close()
      }
    },
    delete() {
      loop.stop()
      store.atomically(() => {
        store.removeAll()
        log.removeAll()
      })
      database.close()
    },
  }
}

function issuerOf({ tenant, application, signingKey }: ProvisioningJobOptions): TokenIssuer | null {
  if (signingKey === undefined) return null
  return { tenantId: tenant.id, principalId: application.id, appId: application.appId, key: signingKey }
}

/** Who the log says it is. The ids of both systems are drawn once, and kept. */
function originOf(store: JobStore, { tenant, application, ids }: ProvisioningJobOptions, jobId: string): LogOrigin {
  const known = store.value("systems")
  const systems: Pick<LogOrigin, "sourceSystemId" | "targetSystemId"> =
    known === null ? { sourceSystemId: ids.next(), targetSystemId: ids.next() } : JSON.parse(known)
  if (known === null) store.setValue("systems", JSON.stringify(systems))
  const servicePrincipal = { id: application.id, displayName: application.displayName }
  return { ...systems, tenantId: tenant.id, jobId, servicePrincipal }
}

function checkedPlan(mappings: ProvisioningMappings): MappingPlan {
  assertUsable(validateMappings(mappings))
  return planMappings(mappings)
}
