/** What a scenario is given: a tenant with its application and job, an endpoint, and time. */
import type { HttpHandler } from "msw"

import type { Application, Duration, Group, NewUser, ProvisioningJob, Tenant, User } from "../simulator/index.ts"
import type { CheckContext, People, ScimClient } from "./checks/context.ts"
import type { Expect, Hint } from "./expect.ts"
import type { Exemption } from "./oracles/situation.ts"

/** The job. What it promises is kept by letting virtual time pass as it needs. */
export type ScenarioJob = ProvisioningJob

/** Virtual time. It stands still between calls. */
export interface ScenarioClock {
  /** Epoch milliseconds. */
  now(): number
  /** Lets time pass, and runs every cycle that falls due. */
  advance(by: Duration): Promise<void>
}

/** The endpoint, as far as a story has a hold on it. */
export interface ScenarioTarget {
  /** Reads, and edits behind the job's back, with credentials of its own that no token change and no fault touches. */
  readonly scim: ScimClient
  /** The job's token is refused from now on. Where the endpoint's tokens are not in our hand, a fault stands in for it. */
  expireToken(): Promise<void>
  /** The job's token is accepted again. */
  renewToken(): Promise<void>
  /** The endpoint gives out a new token, which it returns, and refuses the job's; `job.updateCredentials` hands it on. */
  rotateToken(): Promise<string>
  /** Puts faults in front of the job's requests, before those that are there. */
  addFaults(...handlers: readonly HttpHandler[]): void
  /** Takes all faults away. */
  clearFaults(): void
}

/** Who lives in a tenant, in the order they came. */
export interface Population {
  readonly users: readonly User[]
  readonly groups: readonly Group[]
}

export interface ScenarioPeople extends People {
  /**
   * A person for the tenant, the same ones for the same seed: invented with a value for every mapped attribute but the manager,
   * or the next one of the directory that the user gave, as it is there but under a name that carries the run's id.
   */
  directoryUser(attributes?: Partial<NewUser>): NewUser
  /**
   * Fills the tenant with people, managers, groups and memberships: with all that the user gave, otherwise with some forty
   * people in several scripts and eight groups. Where the user asked to adopt existing accounts, the names are theirs.
   */
  populate(): Population
}

export interface JobMatchers {
  /** In quarantine, for this reason if one is given. */
  toBeInQuarantine(reason?: string, hint?: Hint): boolean
  /** Scheduled, and not in quarantine. */
  toBeActive(hint?: Hint): boolean
  /** So many users have an account that the job keeps active. */
  toHaveProvisioned(users: number, hint?: Hint): boolean
}

export interface TargetMatchers {
  /**
   * The second oracle: what the target returns by GET equals the directory seen through scope and mappings, as far as Entra would have sent
   * it. Ask after a cycle. Gaps of Entra's own are excused and counted; `exemptions` are what the story did to the target itself.
   */
  toConverge(exemptions?: readonly Exemption[]): Promise<boolean>
}

export interface ScenarioExpect extends Expect {
  (job: ScenarioJob): JobMatchers
  (target: ScenarioTarget): TargetMatchers
}

export interface ScenarioContext extends Omit<CheckContext, "scim" | "people" | "expect"> {
  /** An empty tenant of its own. Names must be unique on a shared endpoint: take people from `people`, group names from `people.unique`. */
  readonly tenant: Tenant
  /** The application of the job, with nobody assigned. */
  readonly app: Application
  /** Speaks the dialect of the case; paused until started. */
  readonly job: ScenarioJob
  readonly clock: ScenarioClock
  readonly target: ScenarioTarget
  readonly people: ScenarioPeople
  readonly expect: ScenarioExpect
}
