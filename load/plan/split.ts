/**
 * Whether the load of one tenant can be split into parts that run side by side without a common clock. Each part learns the ids
 * of what other parts created by looking them up (profiles/engine/resolver.ts). That works as long as what is looked up can still
 * be found: an object that one part deletes, or renames, must not be needed by another. Whole tenants can always be spread.
 */
import type { LoadPlan, ObjectName, PlannedRequest } from "./plan.ts"

/** An object that keeps a tenant's load from being split. */
export interface SplitObstacle {
  readonly tenant: string
  readonly name: ObjectName
  readonly reason: "deleted" | "renamed"
}

/** What keeps the plan from being split into so many parts for each tenant; null if nothing does. */
export function splitObstacle(plan: LoadPlan, lanes: number): SplitObstacle | null {
  if (lanes === 1) return null
  for (const tenant of plan.tenants) {
    const usedBy = new Map<ObjectName, Set<number>>()
    const ended: { name: ObjectName; reason: SplitObstacle["reason"]; lane: number }[] = []
    for (const chain of tenant.phases.flatMap(({ from, to }) => plan.chains.slice(from, to))) {
      const lane = chain.lane % lanes
      for (const request of chain.requests) {
        for (const name of request.uses) usedBy.set(name, (usedBy.get(name) ?? new Set()).add(lane))
        const [name] = request.uses
        const reason = endOf(request)
        if (name !== undefined && reason !== null) ended.push({ name, reason, lane })
      }
    }
    const obstacle = ended.find(({ name, lane }) => [...(usedBy.get(name) ?? [])].some((user) => user !== lane))
    if (obstacle !== undefined) return { tenant: tenant.name, name: obstacle.name, reason: obstacle.reason }
  }
  return null
}

/** One sentence for whoever wanted to split it. */
export function describeObstacle({ tenant, name, reason }: SplitObstacle): string {
  return `The load of one tenant cannot be split here: ${name} of ${tenant} is ${reason} by one part while another may still have to look it up.`
}

/** Attributes by which the provisioning service finds objects: whoever changes one is found no longer as before. */
const MATCHING = /"(?:userName|externalId)"/

function endOf({ step, body }: PlannedRequest): SplitObstacle["reason"] | null {
  if (step === "delete-user" || step === "delete-group") return "deleted"
  if (step === "update-user") return MATCHING.test(body ?? "") ? "renamed" : null
  return step === "update-group" && /"displayName"/.test(body ?? "") ? "renamed" : null
}
