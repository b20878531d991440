/** Where a plan is made: a seeded tenant, its application and jobs on a virtual clock, and the reference target in the same process. */
import {
  type Application,
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  defaultMappings,
  type DialectName,
  type Group,
  handlerTransport,
  type PopulationOptions,
  type ProvisioningJob,
  type Tenant,
  VirtualClock,
} from "../../simulator/index.ts"
import type { IdSource, Random, Transport } from "../../protocol/index.ts"
import { createTarget } from "../../target/index.ts"
import { createRecording, type Recording } from "./recording.ts"

/** 2026-01-05T08:00:00Z, a Monday morning. Fixed, so that plans repeat to the byte. */
const START_MS = 1_767_600_000_000
/** Where the reference target is asked while the plan is made; nothing of it gets into the plan. */
export const RECORDING_URL = "http://localhost/scim/v2"

export interface WorldOptions {
  readonly seed: number
  /** Stands between hyphens in every name, as in all runs, so that `scimulate clean` finds what is left. */
  readonly runId: string
  /** Tells the tenants of one load apart. */
  readonly tenantName: string
  readonly dialect: DialectName
  readonly users: number
  /** False for an endpoint without /Groups, for which an administrator switches the mapping of groups off. Default true. */
  readonly groups?: boolean
  /** What the reference target draws its ids from; no plan depends on it. */
  readonly targetIds?: IdSource
}

export interface World extends WorldOptions {
  readonly tenant: Tenant
  readonly app: Application
  readonly job: ProvisioningJob
  readonly clock: VirtualClock
  readonly random: Random
  readonly recording: Recording
  /** Straight to the reference target, not recorded. */
  readonly ask: Transport
  /** A second connection of the same tenant to the same target, which knows nothing of the first. */
  readonly reconnect: () => ProvisioningJob
  /** Fills the tenant with people and groups, and assigns all of them. Gives the groups, whose names carry the run's id. */
  readonly populate: (options?: Omit<PopulationOptions, "users">) => Group[]
  readonly close: () => void
}

/** Opens the world of one tenant. */
export function openWorld(options: WorldOptions): World {
  const { seed, runId, tenantName, dialect, users, groups: hasGroups = true } = options
  const random = createRandom(seed).fork("load").fork(tenantName)
  const clock = new VirtualClock(START_MS)
  const mark = `load-${runId}-${tenantName}`
  const tenant = createTenant({
    clock,
    random: random.fork("tenant"),
    ids: createIdSource(random.fork("directory")),
    domain: `${mark}.example.com`,
  })
  const app = tenant.createApplication("scimulate load")
  const token = "recording"
  const target = createTarget({
    clock,
    ids: options.targetIds ?? createIdSource(random.fork("target")),
    tokens: [token],
  })
  const ask = handlerTransport((request) => target.fetch(request), { clock })
  const recording = createRecording(ask, clock)
  const mappings = defaultMappings()
  const connect = (name: string): ProvisioningJob =>
    createProvisioningJob({
      tenant,
      application: app,
      transport: recording.transport,
      clock,
      random: random.fork(name),
      ids: createIdSource(random.fork(`${name} ids`)),
      baseUrl: RECORDING_URL,
      token,
      dialect,
      mappings: { ...mappings, group: { ...mappings.group, enabled: hasGroups } },
    })
  const jobs = [connect("job")] as [ProvisioningJob, ...ProvisioningJob[]]
  return {
    ...options,
    tenant,
    app,
    job: jobs[0],
    clock,
    random,
    recording,
    ask: (request) => ask({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }),
    reconnect() {
      const job = connect(`job ${jobs.length + 1}`)
      jobs.push(job)
      return job
    },
    populate(population) {
      const groups = tenant
        // Guests keep the address of their own company, which says nothing of the run and would be the same in all of them.
        .populate({ users, guestShare: 0, ...population, ...(!hasGroups && { groupSizes: [] }) })
        .map((group, index) => tenant.renameGroup(group, `${group.displayName} ${mark}-${index}`))
      // One by one: a large tenant is more than a call takes arguments.
      tenant.transaction(() => {
        for (const principal of [...tenant.users(), ...groups]) app.assign(principal)
      })
      return groups
    },
    close() {
      for (const job of jobs) job.close()
      tenant.close()
      target.close()
    },
  }
}
