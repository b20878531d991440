/** What the steps of one cycle share, and what they know of the object they are working on. */
import type { IdSource, Scheduler } from "../../protocol/index.ts"
import type { Composer, RequestPlan } from "../dialect/compose.ts"
import type { ProvisioningError, Reply } from "../dialect/errors.ts"
import type { FailedProbe } from "../dialect/interpret.ts"
import type { LogAction, LogModifiedProperty, LogStatus, LogStep, LogSubject } from "../log/entry.ts"
import type { StepSubject } from "../log/steps.ts"
import type { DialectName } from "../dialect/dialect.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { EscrowKind } from "./escrow.ts"
import type { EvaluationBasis } from "./object-evaluation.ts"
import type { MappingPlan, ObjectPlan } from "./mapping-plan.ts"
import type { JobSettings } from "./settings.ts"
import type { SourceDirectory, SourceEntry } from "./source.ts"
import type { JobStore } from "./store.ts"

/** Everything, or what changed since the watermark (ENG-CYCLE-01, documented). */
export type CycleKind = "initial" | "incremental"

/** The job itself cannot go on: the cycle ends, the watermark stays, the job goes into quarantine (ENG-CRED-06). */
export class JobFailure extends Error {
  override readonly name = "JobFailure"
  readonly problem: FailedProbe

  constructor(problem: FailedProbe) {
    super(problem.error.reason)
    this.problem = problem
  }
}

/** What provision on demand works on: of a group's members only these. */
export interface OnDemandScope {
  /** Ids of users. */
  readonly members: ReadonlySet<string>
}

/** What a cycle did, as numbers. */
export interface CycleCounts {
  imported: number
  /** References that changed or were read anew: a manager, a member (ENG-REF-12, documented). */
  importedReferences: number
  /** Of those, in scope. */
  inScope: number
  created: number
  updated: number
  disabled: number
  deleted: number
  skipped: number
  failed: number
  requests: number
}

export interface CycleContext {
  readonly kind: CycleKind
  readonly cycleId: string
  /**
   * The window of the change feed. Of an initial cycle `since` is 0, and `until` where the first attempt at it began: so the next
   * cycle sees what changed while it was under way, however often it broke off.
   */
  readonly since: number
  readonly until: number
  readonly startedMs: number
  /** Disables and deletions are held back in this cycle: there would be too many (ENG-DEL-04). */
  readonly holdsDeletions: boolean
  /** Null in a cycle. */
  readonly onDemand: OnDemandScope | null
  readonly plan: MappingPlan
  readonly settings: JobSettings
  readonly source: SourceDirectory
  readonly store: JobStore
  readonly composer: Composer
  readonly clock: Scheduler
  readonly ids: IdSource
  readonly dialect: DialectName
  readonly evaluation: EvaluationBasis
  readonly counts: CycleCounts
  /**
   * Sends a request. `note` is what has to be remembered before that, and is called just then: others may have to be answered first. Throws
   * {@link JobFailure} when the credentials turn out to be refused (RES-09).
   */
  exchange(plan: RequestPlan, note?: () => void): Promise<Reply>
  /** Logs how a run ended, counts it, and puts the object into escrow or takes it out. */
  record(run: ObjectRun, outcome: RunOutcome): void
  /** The object, or its references, are in step without a log entry to say so: nothing of that is left to try again. */
  settle(objectType: ObjectType, objectId: string, concerns: EscrowKind): void
}

export interface ObjectName {
  readonly objectType: ObjectType
  readonly objectId: string
}

/** A change that the source reported, or an escrow that fell due. */
export interface ImportedObject extends ObjectName {
  /** Evaluated with everything it holds, not only with what changed. */
  readonly isFull: boolean
  /** Source attributes that hold references and changed: `manager`, `members`. */
  readonly changedReferences: ReadonlySet<string>
  /** The source attributes that changed; null where it is not looked at because of a change. */
  readonly changedAttributes: ReadonlySet<string> | null
}

/** One object on its way through the steps of one cycle. */
export interface ObjectRun {
  readonly item: ObjectName
  readonly plan: ObjectPlan
  readonly subject: LogSubject & StepSubject
  readonly changeId: string
  readonly beganMs: number
  /** Grows as the object moves on. */
  readonly steps: LogStep[]
}

/** A run about an object that is still in the directory. */
export interface LiveRun extends ObjectRun {
  readonly item: ImportedObject
  readonly entry: SourceEntry
}

/** How the run ended, for the log and the counters. */
export interface RunOutcome {
  readonly action: LogAction
  readonly status: LogStatus
  readonly targetId: string
  readonly modifiedProperties?: readonly LogModifiedProperty[]
  readonly error?: ProvisioningError
  /** Whether the object itself was worked on, or the references it holds. Default: the object. */
  readonly concerns?: EscrowKind
}
