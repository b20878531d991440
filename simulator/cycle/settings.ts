/** What an administrator sets for a job, and what the facts leave open about the engine, with the recommended defaults. */
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "../dialect/options.ts"
import type { EvaluationSwitches } from "../mapping/functions/definition.ts"
import type { ScopingSwitches } from "../mapping/scoping-operators.ts"
import { DEFAULT_ESCROW_RULES, type EscrowRules } from "./escrow.ts"
import type { OnDemandForm } from "./on-demand-answer.ts"
import { DEFAULT_QUARANTINE_RULES, type QuarantineRules } from "./quarantine.ts"
import { DEFAULT_INTERVAL_MS } from "./schedule.ts"

const DAY_MS = 86_400_000

export interface JobSettings {
  /** *Sync all users and groups* instead of those assigned (ENG-SCOPE-01, documented). */
  readonly syncAll: boolean
  /** Objects that leave the scope are not disabled (ENG-DEPROV-10, documented). */
  readonly skipOutOfScopeDeletions: boolean
  /** More objects than this to disable or delete in one cycle stop them all; null: no such prevention (ENG-DEL-01). */
  readonly deleteThreshold: number | null
  /** RES-16: reaching the threshold is enough, instead of exceeding it. */
  readonly thresholdInclusive: boolean
  /** False: the application has no soft delete, so that each of its four causes sends DELETE (ENG-DEPROV-04, documented). */
  readonly supportsSoftDelete: boolean
  /**
   * RES-08: what still goes out for whom the job manages, while SkipOutOfScopeDeletions is on or IsSoftDeleted is not mapped: for
   * somebody blocked, in the recycle bin, or deleted for good. Default: only the last.
   */
  readonly sentAnyway: { readonly blocked: boolean; readonly softDeleted: boolean; readonly purged: boolean }
  /** ENG-DEPROV-14: who is deleted and purged within one interval gets a DELETE (default), or nothing, as one report says. */
  readonly purgeInOneInterval: "delete" | "lost"
  /** ENG-DELTA-03: changes of attributes that no mapping reads are not looked at (default), or imported as noise. */
  readonly untrackedChanges: "ignored" | "imported"
  /** FN-SWITCH-5: a Switch with a default value whose source did not change, while something else did, empties the target. */
  readonly switchDefaultNull: boolean
  /** A deleted user's mangled userPrincipalName is sent with the disable (ENG-DEPROV-16, RES-11; default: it stays behind). */
  readonly flowMangledUpn: boolean
  /** RES-07: an object that is gone when read is matched again, or fails as InvalidAnchor until a restart. */
  readonly vanishedTarget: "rematch" | "invalidAnchor"
  /** ENG-CYCLE-15: the probe opens every cycle, or only those with something to do (the conflicting report). */
  readonly probe: "always" | "whenBusy"
  /** ENG-RESTART-06: out-of-scope objects found by a restart are disabled (default), or left alone (the pessimistic reading). */
  readonly restartDisables: boolean
  /** Whether an empty text that an expression gives is a value (MAP-505, inferred). */
  readonly emptyString: "export" | "skip"
  /** Where sources on expressions and scoping filters are silent or divided; off gives the recommended reading. */
  readonly expressionSwitches: EvaluationSwitches
  readonly scopingSwitches: ScopingSwitches
  /** A gallery application whose attributes are discovered by `GET /Schemas`; others have no discovery (WIRE-065, documented). */
  readonly schemaDiscovery: boolean
  /** Objects worked on at a time, 1 to 8 (RES-04). */
  readonly parallel: number
  /** Requests per second: 25 for a gallery application; null, as for any other: no limit (RES-04, WIRE-221). */
  readonly requestsPerSecond: number | null
  readonly intervalMs: number
  readonly escrow: EscrowRules
  readonly quarantine: QuarantineRules
  /** How long log entries are kept: 30 days with a premium licence (ENG-LOG-08, documented). */
  readonly logRetentionMs: number
  readonly wire: WireOptions
  /** Who gets e-mails about quarantines (ENG-QUAR-11, documented); null: nobody. */
  readonly notificationEmail: string | null
  /** How long a new assignment takes to become visible to the engine: up to a few minutes (ENG-SCOPE-11, documented). */
  readonly assignmentPropagationDelayMs: number
  /** Which of its two published forms the answer of provision on demand has (GRAPH-616). */
  readonly onDemandForm: OnDemandForm
}

/** Settings as given: what is left out has its default, also inside `escrow`, `quarantine` and `wire`. */
export type GivenSettings = Partial<Omit<JobSettings, "escrow" | "quarantine" | "wire">> & {
  readonly escrow?: Partial<EscrowRules>
  readonly quarantine?: Partial<QuarantineRules>
  readonly wire?: Partial<WireOptions>
}

export const DEFAULT_SETTINGS: JobSettings = {
  syncAll: false,
  skipOutOfScopeDeletions: false,
  deleteThreshold: null,
  thresholdInclusive: false,
  supportsSoftDelete: true,
  sentAnyway: { blocked: false, softDeleted: false, purged: true },
  purgeInOneInterval: "delete",
  untrackedChanges: "ignored",
  switchDefaultNull: false,
  flowMangledUpn: false,
  vanishedTarget: "rematch",
  probe: "always",
  restartDisables: true,
  emptyString: "export",
  expressionSwitches: {},
  scopingSwitches: {},
  schemaDiscovery: false,
  parallel: 1,
  requestsPerSecond: null,
  intervalMs: DEFAULT_INTERVAL_MS,
  escrow: DEFAULT_ESCROW_RULES,
  quarantine: DEFAULT_QUARANTINE_RULES,
  logRetentionMs: 30 * DAY_MS,
  wire: DEFAULT_WIRE_OPTIONS,
  notificationEmail: null,
  assignmentPropagationDelayMs: 0,
  onDemandForm: "object",
}

/** Lays given settings over others. Throws a RangeError where a number is out of its range. */
export function applySettings(base: JobSettings, given: GivenSettings): JobSettings {
  const settings = {
    ...base,
    ...given,
    escrow: { ...base.escrow, ...given.escrow },
    quarantine: { ...base.quarantine, ...given.quarantine },
    wire: { ...base.wire, ...given.wire },
  }
  assertWhole("parallel", settings.parallel, 8)
  assertRate(settings.requestsPerSecond)
  assertWhole("wire.membersPerPatch", settings.wire.membersPerPatch, Number.MAX_SAFE_INTEGER)
  return settings
}

function assertRate(rate: number | null): void {
  if (rate === null || (Number.isFinite(rate) && rate > 0)) return
  throw new RangeError(`The setting requestsPerSecond must be a number above 0, or null for no limit; got ${rate}.`)
}

function assertWhole(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return
  throw new RangeError(`The setting ${name} must be a whole number from 1 to ${max}; got ${value}.`)
}
