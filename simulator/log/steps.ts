/** The steps of a log entry, worded as the service words them (ENG-LOG-05, -06, GRAPH-813 to -816). */
import type { ObjectType } from "../mapping/model.ts"
import { type LogStep, SOURCE_SYSTEM, TARGET_SYSTEM } from "./entry.ts"

/** The object a step speaks of: a user by its userPrincipalName, a group by its displayName. */
export interface StepSubject {
  readonly objectType: ObjectType
  readonly sourceId: string
  readonly name: string
}

/** Why an object was looked at and nothing was sent (table "Skip reasons"; the last four are unpublished and ours). */
export type SkipReason =
  | "NotEffectivelyEntitled"
  | "RedundantExport"
  | "AttributeValidationFailed"
  | "ImportSkipped"
  | "UnableToResolveReferenceAttributeValue"
  | "SkipOutOfScopeDeletions"
  | "SoftDeleteNotMapped"
  | "ActionNotAllowed"
  | "TooManyDeletes"

/** The source's change was received. */
export function importStep(subject: StepSubject, change: "Add" | "Update" | "Delete"): LogStep {
  return {
    name: `EntryImport${change}`,
    provisioningStepType: "import",
    status: "success",
    description: `Received ${label(subject)} change of type (${change}) from ${SOURCE_SYSTEM}`,
    details: { objectId: subject.sourceId },
  }
}

/** The source's object was read on demand, without a change (ENG-POD-06, GRAPH-618, documented). */
export function sourceReadStep(subject: StepSubject): LogStep {
  return {
    name: "EntryImport",
    provisioningStepType: "import",
    status: "success",
    description: `Retrieved ${label(subject)} from ${SOURCE_SYSTEM}`,
    details: { objectId: subject.sourceId },
  }
}

/** The target's object was read, by its id or by the matching attribute. */
export function targetReadStep(name: string, details: Readonly<Record<string, string>>): LogStep {
  return {
    name: "EntryImport",
    provisioningStepType: "matching",
    status: "success",
    description: `Retrieved '${name}' from ${TARGET_SYSTEM}`,
    details,
  }
}

/** ENG-SCOPE-09: the four inputs of the decision, as texts. */
export interface ScopeDetails {
  readonly isActive: boolean
  readonly isAssigned: boolean
  readonly hasRole: boolean
  readonly filterPassed: boolean
  /** JSON text, `{}` without a filter. */
  readonly evaluation: string
  /** Shown on demand while the job syncs all (ENG-SCOPE-09). */
  readonly syncAll?: boolean
}

export function scopingStep(subject: StepSubject, scope: ScopeDetails): LogStep {
  return {
    name: "EntrySynchronizationScoping",
    provisioningStepType: "scoping",
    status: "success",
    description: `Determine if ${subject.objectType} in scope by evaluating against each scoping filter`,
    details: {
      "Active in the source system": flag(scope.isActive),
      "Assigned to the application": flag(scope.isAssigned),
      [`${subject.objectType} has the required role`]: flag(scope.hasRole),
      "Scoping filter evaluation passed": flag(scope.filterPassed),
      ScopeEvaluationResult: scope.evaluation,
      ...(scope.syncAll === true && { "Scope sync all": flag(true) }),
    },
  }
}

/** Nothing matched, so a new object will be made. */
export function noMatchStep(subject: StepSubject): LogStep {
  const type = subject.objectType
  return {
    name: "EntrySynchronizationAdd",
    provisioningStepType: "matching",
    status: "success",
    description: `${label(subject)} will be created in ${TARGET_SYSTEM} (${type} is active and assigned in ${SOURCE_SYSTEM}, but no matching ${type} was found in ${TARGET_SYSTEM})`,
    details: {},
  }
}

/** The match failed: several objects, which are all named (ENG-MATCH-04), or one that belongs to somebody else. */
export function matchFailedStep(
  subject: StepSubject,
  {
    errorCode,
    reason,
    found,
  }: { readonly errorCode: string; readonly reason: string; readonly found: readonly string[] },
): LogStep {
  return {
    name: "EntryImport",
    provisioningStepType: "matching",
    status: "failure",
    description: `${label(subject)} could not be matched in ${TARGET_SYSTEM}: ${reason}`,
    // The name of the second is unpublished and ours.
    details: { ErrorCode: errorCode, ...(found.length > 0 && { MatchingObjects: found.join(", ") }) },
  }
}

const EXPORT_NAMES = {
  create: ["EntryExportAdd", "created"],
  update: ["EntryExportUpdate", "updated"],
  disable: ["EntryExportUpdateSoftDelete", "updated"],
  delete: ["EntryExportDelete", "deleted"],
} as const

/** A write was accepted or refused. */
export function exportStep(
  subject: StepSubject,
  action: "create" | "update" | "disable" | "delete",
  error?: { readonly code: string },
): LogStep {
  const [name, done] = EXPORT_NAMES[action]
  const verb = action === "disable" ? "update" : action
  return {
    name,
    provisioningStepType: "export",
    status: error === undefined ? "success" : "failure",
    description:
      error === undefined
        ? `${label(subject)} was ${done} in ${TARGET_SYSTEM}`
        : `Failed to ${verb} ${label(subject)} in ${TARGET_SYSTEM}`,
    details: error === undefined ? {} : { ErrorCode: error.code },
  }
}

const SKIP_TEXTS: Readonly<Record<SkipReason, (subject: StepSubject) => string>> = {
  NotEffectivelyEntitled: (subject) =>
    `The ${label(subject)} will be skipped. It is not active, not assigned to the application, or does not pass the scoping filter`,
  RedundantExport: ({ objectType, sourceId }) =>
    `The state of the entry in both the source and target systems already match. No change to the ${objectType} '${sourceId}' currently needs to be made.`,
  AttributeValidationFailed: (subject) => `A required attribute of ${label(subject)} has no valid value`,
  ImportSkipped: (subject) => `${label(subject)} has no value for any matching attribute`,
  UnableToResolveReferenceAttributeValue: (subject) => `A reference of ${label(subject)} cannot be resolved`,
  SkipOutOfScopeDeletions: (subject) => `${label(subject)} left the scope, but out-of-scope deletions are switched off`,
  SoftDeleteNotMapped: (subject) => `${label(subject)} left the scope, but IsSoftDeleted is not mapped`,
  TooManyDeletes: (subject) => `The deletion of ${label(subject)} is held back: there are too many in this cycle`,
  ActionNotAllowed: (subject) => `The target object actions do not allow this for ${label(subject)}`,
}

/** GRAPH-815: nothing was sent, and why. */
export function skipStep(
  subject: StepSubject,
  reason: SkipReason,
  details: Readonly<Record<string, string>> = {},
): LogStep {
  return {
    name: "EntrySynchronizationSkip",
    provisioningStepType: reason === "RedundantExport" ? "export" : "processing",
    status: "skipped",
    description: SKIP_TEXTS[reason](subject),
    details: { ReportableIdentifier: subject.name, SkipReason: reason, ...details },
  }
}

/** ENG-REF-07: objects that could not be put into a reference, by their source ids. */
export function unresolvedStep(subject: StepSubject, attribute: string, objectIds: readonly string[]): LogStep {
  return {
    name: "EntrySynchronizationReferenceResolution",
    provisioningStepType: "referenceResolution",
    status: "skipped",
    description: `Object(s) ${objectIds.join(", ")} could not be assigned as ${attribute} of ${label(subject)}`,
    details: { ErrorCode: "UnableToResolveReferenceAttributeValue", ReferenceAttribute: attribute },
  }
}

function label({ objectType, name }: StepSubject): string {
  return `${objectType} '${name}'`
}

function flag(value: boolean): string {
  return value ? "True" : "False"
}
