/** The plan as k6 holds it: parsed once for all virtual users; each request only when it is sent. */
import { SharedArray } from "k6/data"
import type { Chain, LoadPlan, TenantPlan } from "../../plan/plan.ts"
import { describeObstacle, splitObstacle } from "../../plan/split.ts"
import type { Step } from "../../plan/step-names.ts"

/** What every virtual user has to know of a tenant before it begins. */
export type TenantHeader = Pick<TenantPlan, "name" | "isNoisy" | "phases">

export interface PlanData {
  readonly profile: string
  /** What the load part consists of. */
  readonly steps: readonly Step[]
  readonly tenants: readonly TenantHeader[]
  readonly chains: readonly Chain[]
  /** The searches that find objects whose id another part of a split load has learnt, for each tenant. */
  readonly searches: readonly TenantPlan["objects"][]
}

/**
 * Reads the plan, of which each tenant is split into so many lanes. Only for the init context, as k6 calls it. Throws for another
 * profile's plan, and for one that cannot be split.
 */
export function openPlan(file: string, profile: string, lanes: number): PlanData {
  let parsed: LoadPlan | undefined
  const plan = (): LoadPlan => {
    parsed ??= JSON.parse(open(file)) as LoadPlan
    return parsed
  }
  const headers = new SharedArray("header", () => [
    { profile: plan().profile, steps: stepsOf(plan()), obstacle: splitObstacle(plan(), lanes) },
  ])
  const tenants = new SharedArray("tenants", () =>
    plan().tenants.map(({ name, isNoisy, phases }) => ({ name, isNoisy, phases })),
  )
  const chains = new SharedArray("chains", () => [...plan().chains])
  const searches = new SharedArray("searches", () => plan().tenants.map(({ objects }) => objects))
  parsed = undefined
  const [header] = headers
  if (header?.profile !== profile) {
    throw new Error(`SCIMULATE_PLAN is a plan for ${header?.profile ?? "nothing"}, and this is the profile ${profile}.`)
  }
  if (header.obstacle !== null) throw new Error(describeObstacle(header.obstacle))
  return { profile, steps: header.steps, tenants, chains, searches }
}

function stepsOf({ tenants, chains }: LoadPlan): Step[] {
  const phases = tenants.flatMap((tenant) => tenant.phases).filter(({ part }) => part === "load")
  const requests = phases.flatMap(({ from, to }) => chains.slice(from, to)).flatMap((chain) => chain.requests)
  return [...new Set(requests.map(({ step }) => step))]
}
