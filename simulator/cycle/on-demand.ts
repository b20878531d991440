/**
 * Provision on demand: one user, or a group with some members, through the steps of a cycle at once (ENG-POD-01 to -08,
 * WIRE-197). The watermark stays, so the next cycle looks at the same change again; links and log entries are written.
 */
import type { ProvisioningError } from "../dialect/errors.ts"
import type { FailedProbe } from "../dialect/interpret.ts"
import { nodesOf } from "../mapping/expression/ast.ts"
import type { ObjectMapping } from "../mapping/model.ts"
import { parsedSource } from "../mapping/parsed-source.ts"
import { type ImportedObject, JobFailure } from "./context.ts"
import { createContext, type CycleParts, endOf } from "./execution.ts"
import type { MappingPlan, ObjectPlan } from "./mapping-plan.ts"
import { provision } from "./object.ts"
import { type OnDemandResult, toFailedConnection, toOnDemandResult } from "./on-demand-answer.ts"
import { validationCode } from "./probe.ts"
import { resolveReferences } from "./references.ts"

/** Works on the items in their order. `watermark`: the job's, which is not moved. */
export async function provisionItems(
  parts: CycleParts,
  items: readonly ImportedObject[],
  watermark: number,
): Promise<OnDemandResult> {
  const { store, clock, log, settings } = parts
  const users = items.filter((item) => item.objectType === "User")
  const { context, probeOrFail } = createContext(
    // WIRE-006, ENG-POD-07, documented: whatever the flag says.
    { ...parts, dialect: "entra", plan: withoutRoles(parts.plan) },
    {
      kind: "incremental",
      since: watermark,
      until: watermark,
      startedMs: clock.now(),
      onDemand: { members: new Set(users.map((item) => item.objectId)) },
    },
  )
  store.references.clearQueue()
  const ending = await endOf(async () => {
    await probeOrFail()
    for (const item of items) await provision(context, item)
    await resolveReferences(context)
  })
  if (ending instanceof JobFailure)
    return toFailedConnection(connectionError(ending.problem), clock.now(), settings.onDemandForm)
  return toOnDemandResult(log.entries({ cycleId: context.cycleId }), settings.onDemandForm)
}

function connectionError(problem: FailedProbe): ProvisioningError {
  return { ...problem.error, code: validationCode(problem) }
}

const ROLE_FUNCTIONS: ReadonlySet<string> = new Set([
  "SingleAppRoleAssignment",
  "AppRoleAssignmentsComplex",
  "AssertiveAppRoleAssignmentsComplex",
])

/** ENG-POD-04, WIRE-144, documented: roles are not provisioned on demand. */
function withoutRoles({ User, Group }: MappingPlan): MappingPlan {
  return { User: withoutRoleRows(User), Group: withoutRoleRows(Group) }
}

function withoutRoleRows(plan: ObjectPlan): ObjectPlan {
  const attributes = plan.mapping.attributes.filter((row) => !readsRoles(row))
  return attributes.length === plan.mapping.attributes.length
    ? plan
    : { ...plan, mapping: { ...plan.mapping, attributes } }
}

function readsRoles(row: ObjectMapping["attributes"][number]): boolean {
  const expression = parsedSource(row)
  if (expression === null) return false
  return nodesOf(expression).some((node) => node.kind === "call" && ROLE_FUNCTIONS.has(node.name))
}
