/** The beginning of an object's way through a cycle: who it is, for the log, and what the source said of it. */
import { importStep, sourceReadStep } from "../log/steps.ts"
import type { CycleContext, ObjectName, ObjectRun } from "./context.ts"
import type { SourceEntry } from "./source.ts"
import type { Link } from "./store.ts"

/** `entry` null: purged from the directory. `link` null: not linked yet. */
export function beginRun(
  context: CycleContext,
  item: ObjectName,
  entry: SourceEntry | null,
  link: Link | null,
): ObjectRun {
  const { objectType, objectId } = item
  const plan = context.plan[objectType]
  const displayName = entry?.displayName ?? link?.displayName ?? ""
  const subject = {
    objectType,
    sourceId: objectId,
    displayName,
    name: entry?.name ?? displayName,
    userPrincipalName: objectType === "User" ? (entry?.name ?? "") : "",
    targetObjectName: plan.mapping.targetObjectName,
  }
  const change = entry === null ? "Delete" : link === null ? "Add" : "Update"
  const isOnDemand = context.onDemand !== null
  return {
    item,
    plan,
    subject,
    changeId: context.ids.next(),
    beganMs: context.clock.now(),
    steps: [isOnDemand ? sourceReadStep(subject) : importStep(subject, change)],
  }
}
