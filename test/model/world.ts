/**
 * One world of the model: tenant, job, faults and reference target on one virtual clock, with a record of all that happens. Tenant and
 * target meet only over HTTP; the naive directory goes along with the tenant.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toRfc3339, USER_URN } from "../../protocol/index.ts"
import {
  type Application,
  createIdSource,
  createRandom,
  createTenant,
  handlerTransport,
  type GivenSettings,
  type ProvisioningJob,
  type ProvisioningMappings,
  type Tenant,
  VirtualClock,
  withFaults,
} from "../../simulator/index.ts"
import { createTarget, type Target } from "../../target/index.ts"
import { type Directory, EMPTY_DIRECTORY, expiries, purge } from "./directory.ts"
import type { Setting } from "./events.ts"
import { type ActiveFault, TIMEOUT_MS } from "./fault-plan.ts"
import { JobRunner } from "./job-runner.ts"
import type { Broken, EngineMutant } from "./mutants.ts"
import { PERSON_NAMES } from "./names.ts"
import { EVERY_ACTION, EVERY_GROUP, EVERYBODY, type Rules, toMappings, toSettings } from "./rules.ts"
import { Timeline } from "./timeline.ts"
import { Wire } from "./wire.ts"

/** 2026-03-02T08:00:00Z. */
const START_MS = 1_772_438_400_000
const BASE_URL = "https://scim.test/v2"
const TOKEN = "s3cret"
export const DOMAIN = "orchard.example"

export class World {
  readonly clock = new VirtualClock(START_MS)
  readonly setting: Setting
  readonly tenant: Tenant
  readonly application: Application
  readonly wire: Wire
  readonly timeline: Timeline
  readonly runner: JobRunner
  /** What happened, a line each. */
  readonly trace: string[] = []
  /** How often each kind of fault struck. */
  readonly strikes = new Map<string, number>()
  /** The employeeId that each person keeps for good, or the name of a group in the trace; by the id of the directory. */
  readonly tags = new Map<string, string>()
  faults: ActiveFault[] = []
  readonly #target: Target
  readonly #folder: string | null
  readonly #engine: EngineMutant

  constructor(setting: Setting, { defects = [], engine = {} }: Broken = {}) {
    this.setting = setting
    this.#engine = engine
    const random = createRandom(1)
    const ids = createIdSource(random.fork("ids"))
    this.tenant = createTenant({ clock: this.clock, random: random.fork("tenant"), ids, domain: DOMAIN })
    this.application = this.tenant.createApplication("Orchard")
    const targetIds = createIdSource(random.fork("target"))
    this.#target = createTarget({
      clock: this.clock,
      ids: targetIds,
      tokens: [TOKEN],
      baseUrl: BASE_URL,
      defects,
      onUnexpected: (error) => {
        throw error
      },
    })
    this.timeline = new Timeline({ directory: EMPTY_DIRECTORY, rules: firstRules(setting) }, START_MS)
    const handler = handlerTransport((request) => this.#target.fetch(request), { clock: this.clock })
    this.wire = new Wire({ baseUrl: BASE_URL, token: TOKEN }, handler, () => {
      this.expire()
      return { entries: this.timeline.entries.length, moment: this.timeline.at }
    })
    const faulty = withFaults(this.wire.atTarget, () => this.#standingFaults(), {
      clock: this.clock,
      timeoutMs: TIMEOUT_MS,
      onFault: (name) => this.strikes.set(name, (this.strikes.get(name) ?? 0) + 1),
    })
    this.#folder = setting.isDurable ? mkdtempSync(join(tmpdir(), "scimulate-model-")) : null
    const db = this.#folder === null ? ":memory:" : join(this.#folder, "job.db")
    const jobRandom = random.fork("job")
    const { tenant: toTenant = (tenant) => tenant, transport: toTransport = (transport) => transport } = engine
    const seenTenant = toTenant(this.tenant)
    this.runner = new JobRunner({ clock: this.clock, way: faulty, listener: this.wire, toTransport }, () => ({
      tenant: seenTenant,
      application: this.application,
      random: jobRandom,
      ids,
      baseUrl: BASE_URL,
      token: TOKEN,
      dialect: setting.dialect,
      db,
      mappings: this.mappings,
      settings: {
        ...this.settings,
        parallel: setting.parallel,
        probe: setting.probe,
        wire: { membersPerPatch: setting.membersPerPatch },
      },
    }))
  }

  /** What the job is given, by the rules of now. */
  get mappings(): ProvisioningMappings {
    const mappings = toMappings(this.timeline.now.rules)
    return this.#engine.mappings?.(mappings) ?? mappings
  }

  get settings(): GivenSettings {
    return { ...toSettings(this.timeline.now.rules), ...this.#engine.settings }
  }

  get job(): ProvisioningJob {
    return this.runner.job
  }

  get directory(): Directory {
    return this.timeline.now.directory
  }

  /** Tells the naive directory what the tenant has just been told. `isMeanwhile`: while the job is in the middle of a look. */
  note(change: (directory: Directory) => Directory, isMeanwhile = false): void {
    this.timeline.change({ directory: change(this.directory) }, this.clock.now(), isMeanwhile)
  }

  noteRules(change: Partial<Rules>): void {
    this.timeline.change({ rules: { ...this.timeline.now.rules, ...change } }, this.clock.now())
  }

  /** Lets go of what the recycle bin must have let go of by now. */
  expire(): void {
    for (const { id, atMs } of expiries(this.directory, this.clock.now())) {
      this.timeline.change({ directory: purge(this.directory, id) }, atMs)
      this.say(`30 days in the recycle bin are over for ${this.tag(id)}`, atMs)
    }
  }

  say(line: string, atMs = this.clock.now()): void {
    this.trace.push(`${toRfc3339(atMs).slice(0, 16).replace("T", " ")}  ${line}`)
  }

  tag(id: string): string {
    return this.tags.get(id) ?? id
  }

  /** Accounts that the target had before anybody was provisioned, of people by those names, with attributes of their own. */
  async placeStrangers(): Promise<void> {
    for (const [index, name] of PERSON_NAMES.slice(0, this.setting.strangers).entries()) {
      await this.wire.place("Users", {
        schemas: [USER_URN],
        userName: `${name}@${DOMAIN}`,
        displayName: `Stranger ${index}`,
        nickName: `known before as ${name}`,
        active: index % 2 === 0,
      })
    }
  }

  close(): void {
    this.runner.close()
    this.tenant.close()
    this.#target.close()
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true })
  }

  #standingFaults() {
    this.faults = this.faults.filter((fault) => !fault.isOver())
    return this.faults.map(({ handler }) => handler)
  }
}

function firstRules(setting: Setting): Rules {
  const { syncAll, skipOutOfScopeDeletions, mapsSoftDeleted, supportsSoftDelete, deleteThreshold } = setting
  const withDelete = (deletes: boolean): Rules["userActions"] =>
    deletes ? EVERY_ACTION : EVERY_ACTION.filter((action) => action !== "Delete")
  return {
    syncAll,
    skipOutOfScopeDeletions,
    mapsSoftDeleted,
    supportsSoftDelete,
    deleteThreshold,
    userActions: withDelete(setting.deletesUsers),
    teamActions: withDelete(setting.deletesGroups),
    userFilter: EVERYBODY,
    teamFilter: EVERY_GROUP,
    sources: {},
  }
}
