/**
 * The request plan: every request that the provisioning service would send for a seeded tenant, written down by running the
 * simulator itself, so that load and simulation never drift apart. k6 reads the same JSON (profiles/engine/plan-data.ts).
 *
 * Ids that only the endpoint can give stand as placeholders, `{user.12}`. Requests of one object that follow one another are a
 * *chain*: chains of a phase may be sent side by side, the requests of a chain one after the other, phases in their order.
 */
import type { DialectName } from "../../simulator/index.ts"
import type { Step } from "./step-names.ts"

/** Names an object of the endpoint whose id is learnt on the way: `user.12`, `group.0`. */
export type ObjectName = `user.${number}` | `group.${number}`

export interface PlannedRequest {
  readonly step: Step
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** Below the base URL, already encoded but for placeholders: `/Users/{user.12}`. */
  readonly path: string
  readonly body: string | null
  /** The objects whose placeholders stand in path or body. */
  readonly uses: readonly ObjectName[]
  /** The object whose id the answer gives. */
  readonly learns?: ObjectName
  /** Of a search: how many objects it has to find. */
  readonly finds?: number
}

export interface Chain {
  /** Chains with the same number are sent by the same part of a split load, so that requests of one object keep their order. */
  readonly lane: number
  readonly requests: readonly PlannedRequest[]
}

/** `prepare` brings the endpoint to where the load begins, and is not measured. */
export type Part = "prepare" | "load"

export interface Phase {
  readonly part: Part
  readonly name: "probe" | "users" | "groups" | "references"
  /** When its cycle starts, in milliseconds of virtual time since the first cycle of its part. */
  readonly atMs: number
  /** The cycle's id, as Entra sends it in the ADSCIMVersion header (WIRE-039, observed). */
  readonly activityId: string
  /** Its chains in the plan's list, `to` excluded. */
  readonly from: number
  readonly to: number
}

/** A value that an object has to hold in the end; an id of another object as its placeholder. */
export type EndValue = string | boolean | number

export interface EndObject {
  readonly name: ObjectName
  /** What finds it: `/Users?filter=…`. */
  readonly find: string
  /** By attribute path; only attributes with one value that the plan itself writes. */
  readonly attributes: Readonly<Record<string, EndValue>>
}

/** What the endpoint has to hold once the whole plan was sent. */
export interface EndState {
  readonly users: readonly EndObject[]
  readonly groups: readonly (EndObject & { readonly members: readonly ObjectName[] })[]
  /** What must be gone. */
  readonly gone: readonly { readonly name: ObjectName; readonly find: string }[]
}

export interface TenantPlan {
  readonly name: string
  /** Sends without regard for anybody; the others are measured. */
  readonly isNoisy: boolean
  readonly phases: readonly Phase[]
  /** How each object can be found again where its id was learnt elsewhere: `/Users?filter=…`. */
  readonly objects: Readonly<Record<ObjectName, string>>
  readonly endState: EndState
}

export interface LoadPlan {
  readonly version: 1
  readonly profile: string
  readonly dialect: DialectName
  readonly seed: number
  /** Stands in every name that the plan creates. */
  readonly runId: string
  /** People in each tenant. */
  readonly users: number
  readonly tenants: readonly TenantPlan[]
  readonly chains: readonly Chain[]
}

/** The requests of one part of a tenant's plan, in the order in which the simulator sent them. */
export function requestsOf(plan: LoadPlan, tenant: TenantPlan, part: Part): PlannedRequest[] {
  return tenant.phases
    .filter((phase) => phase.part === part)
    .flatMap(({ from, to }) => plan.chains.slice(from, to).flatMap(({ requests }) => requests))
}
