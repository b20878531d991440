/** A tenant, an application, a fake target and a job between them, all on one virtual clock. */
import type { DialectName } from "../dialect/dialect.ts"
import type { Application } from "../directory/applications.ts"
import type { User } from "../directory/model.ts"
import { createTenant } from "../directory/tenant.ts"
import type { Tenant } from "../directory/tenant-interface.ts"
import { VirtualClock } from "../clock.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { createIdSource, createRandom } from "../random.ts"
import { fakeTarget, type FakeTarget } from "./fake-target.fixture.ts"
import { createProvisioningJob } from "./job.ts"
import type { ProvisioningJob, ProvisioningJobOptions } from "./job-interface.ts"
import type { GivenSettings } from "./settings.ts"

/** 2026-03-02T08:00:00Z. */
const START_MS = 1_772_438_400_000

export interface World {
  readonly clock: VirtualClock
  readonly tenant: Tenant
  readonly application: Application
  readonly target: FakeTarget
  readonly job: ProvisioningJob
  /** What the job was created with. */
  readonly options: ProvisioningJobOptions
}

export interface WorldOptions {
  /** The default dialect unless given; undefined leaves it to the URL. */
  dialect?: DialectName | undefined
  baseUrl?: string
  db?: string
  settings?: GivenSettings
  mappings?: ProvisioningMappings
  /** How long dynamic groups lag behind. */
  membershipRuleLagMs?: number
  /** The application's roles. */
  roles?: readonly string[]
}

export function createWorld(options: WorldOptions = {}): World {
  const dialect = "dialect" in options ? options.dialect : "entra"
  const clock = new VirtualClock(START_MS)
  const random = createRandom(1)
  const ids = createIdSource(random.fork("ids"))
  const { membershipRuleLagMs } = options
  const tenant = createTenant({
    clock,
    random: random.fork("tenant"),
    ids,
    domain: "orchard.example",
    ...(membershipRuleLagMs !== undefined && { membershipRuleLagMs }),
  })
  const application = tenant.createApplication("Orchard", options.roles === undefined ? {} : { roles: options.roles })
  const target = fakeTarget(clock)
  const jobOptions: ProvisioningJobOptions = {
    tenant,
    application,
    transport: target.transport,
    clock,
    random: random.fork("job"),
    ids,
    baseUrl: options.baseUrl ?? "https://scim.test/v2",
    token: "s3cret",
    ...(dialect !== undefined && { dialect }),
    ...(options.mappings !== undefined && { mappings: options.mappings }),
    ...(options.settings !== undefined && { settings: options.settings }),
    ...(options.db !== undefined && { db: options.db }),
  }
  const job = createProvisioningJob(jobOptions)
  return { clock, tenant, application, target, job, options: jobOptions }
}

/** Creates `ada@orchard.example`, called Ada. */
export function person({ tenant }: World, name: string): User {
  const displayName = name.charAt(0).toUpperCase() + name.slice(1)
  return tenant.createUser({ userPrincipalName: `${name}@orchard.example`, displayName })
}

/** Ada is assigned; nothing has run yet. */
export function worldWithAda(options: WorldOptions = {}): World & { user: User } {
  const world = createWorld(options)
  const user = person(world, "ada")
  world.application.assign(user)
  return { ...world, user }
}

/** When cycles began, as minutes since the first. */
export function cycleMinutes({ job }: World): number[] {
  const starts = job.cycles().map((cycle) => Date.parse(cycle.startedAt))
  return starts.map((start) => (start - (starts[0] ?? 0)) / 60_000)
}
