/**
 * A run as the log keeps it: what happened, without what follows from it and without names of properties. An entry in Graph's shape is twice
 * as long, and writing it down was the dearest part of exporting an object.
 */
import type { LogModifiedProperty, LogOutcome, LogRun, LogStep, LogSubject } from "./entry.ts"

/** What stands in columns of its own. */
type Columns = Pick<LogRun, "cycleId" | "endedMs"> & Pick<LogSubject, "sourceId">

type PackedStep = [
  name: string,
  type: LogStep["provisioningStepType"],
  status: LogStep["status"],
  description: string,
  details: LogStep["details"],
]
type PackedProperty = [displayName: string, oldValue: string | null, newValue: string | null]
type Packed = [
  ids: [id: string, changeId: string],
  beganMs: number,
  subject: [type: LogSubject["objectType"], displayName: string, userPrincipalName: string, targetObjectName: string],
  outcome: [action: LogOutcome["action"], status: LogOutcome["status"], targetId: string],
  error: NonNullable<LogOutcome["error"]> | null,
  steps: PackedStep[],
  modifiedProperties: PackedProperty[],
]

/** Everything but what stands in columns, as JSON text. */
export function packRun({ id, changeId, beganMs, subject, outcome }: LogRun): string {
  const { modifiedProperties = [] } = outcome
  const packed: Packed = [
    [id, changeId],
    beganMs,
    [subject.objectType, subject.displayName, subject.userPrincipalName, subject.targetObjectName],
    [outcome.action, outcome.status, outcome.targetId],
    outcome.error ?? null,
    outcome.steps.map((step) => [step.name, step.provisioningStepType, step.status, step.description, step.details]),
    modifiedProperties.map((property) => [property.displayName, property.oldValue, property.newValue]),
  ]
  return JSON.stringify(packed)
}

/** The run that {@link packRun} has packed. */
export function unpackRun(text: string, { cycleId, endedMs, sourceId }: Columns): LogRun {
  const packed: Packed = JSON.parse(text)
  const [[id, changeId], beganMs, subject, outcome, error, steps, modifiedProperties] = packed
  const [objectType, displayName, userPrincipalName, targetObjectName] = subject
  const [action, status, targetId] = outcome
  return {
    id,
    cycleId,
    changeId,
    beganMs,
    endedMs,
    subject: { objectType, sourceId, displayName, userPrincipalName, targetObjectName },
    outcome: {
      action,
      status,
      targetId,
      ...(error !== null && { error }),
      steps: steps.map(toStep),
      modifiedProperties: modifiedProperties.map(toProperty),
    },
  }
}

function toStep([name, provisioningStepType, status, description, details]: PackedStep): LogStep {
  return { name, provisioningStepType, status, description, details }
}

function toProperty([displayName, oldValue, newValue]: PackedProperty): LogModifiedProperty {
  return { displayName, oldValue, newValue }
}
