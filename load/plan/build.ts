/** Makes the plan of a profile: lets the simulator play its story in each tenant and writes down what it sends. */
import type { DialectName } from "../../simulator/index.ts"
import type { ProfileName } from "../catalogue.ts"
import { assemble } from "./assemble.ts"
import { readPlannedEndState } from "./end-state.ts"
import type { Chain, LoadPlan, TenantPlan } from "./plan.ts"
import { groupStorm } from "./stories/group-storm.ts"
import { incremental } from "./stories/incremental.ts"
import { initialCycle } from "./stories/initial-cycle.ts"
import { leavers } from "./stories/leavers.ts"
import { quarantineReturn } from "./stories/quarantine-return.ts"
import { reconnect } from "./stories/reconnect.ts"
import { thereAndBack } from "./stories/there-and-back.ts"
import { openWorld, type World, type WorldOptions } from "./world.ts"

export interface PlanOptions {
  readonly profile: ProfileName
  readonly seed: number
  /** Stands in every name that the plan creates: `runIdOf(seed)`. */
  readonly runId: string
  readonly dialect: DialectName
  /** People in each tenant, at least 2. */
  readonly users: number
  readonly tenants: number
  /** False for an endpoint without /Groups. Default true. */
  readonly groups?: boolean
}

/** How the tenants of a plan are called, in paths too: t1, t2 … */
export function tenantName(index: number): string {
  return `t${index + 1}`
}

/** What happens in a tenant: everything that its job sends is recorded. */
export const STORIES: Readonly<Record<ProfileName, (world: World) => Promise<void>>> = {
  "initial-cycle": initialCycle,
  incremental,
  "group-storm": groupStorm,
  leavers,
  "many-tenants": thereAndBack,
  reconnect,
  soak: thereAndBack,
  breakpoint: thereAndBack,
  "quarantine-return": quarantineReturn,
}

/**
 * The plan: a function of its options. Takes some three milliseconds of processor time for each person (docs/scale.md).
 *
 * @throws PlanError where the reference target refuses what the simulator sends: a fault of ours.
 */
export async function buildPlan(options: PlanOptions): Promise<LoadPlan> {
  const { profile, seed, runId, dialect, users, groups = true } = options
  const tenants: TenantPlan[] = []
  const chains: Chain[] = []
  for (let index = 0; index < options.tenants; index++) {
    const name = tenantName(index)
    const made = await planTenant({ seed, runId, dialect, users, groups, tenantName: name }, profile, chains.length)
    for (const chain of made.chains) chains.push(chain)
    tenants.push({ name, isNoisy: profile === "many-tenants" && index === 0 && options.tenants > 1, ...made.tenant })
  }
  return { version: 1, profile, dialect, seed, runId, users, tenants, chains }
}

async function planTenant(
  options: WorldOptions,
  profile: ProfileName,
  firstChain: number,
): Promise<{ tenant: Omit<TenantPlan, "name" | "isNoisy">; chains: readonly Chain[] }> {
  const world = openWorld(options)
  try {
    await STORIES[profile](world)
    const assembled = assemble(world.recording.records, firstChain)
    const { phases, chains, objects } = assembled
    return { tenant: { phases, objects, endState: await readPlannedEndState(assembled, world.ask) }, chains }
  } finally {
    world.close()
  }
}
