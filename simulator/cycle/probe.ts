/**
 * The probe: a search for something that cannot exist, which shows whether the endpoint is there, takes the credentials and
 * answers an empty search as it should (WIRE-057 to -062, ENG-CYCLE-15, -16). Its failure is the whole job's.
 */
import type { IdSource } from "../../protocol/index.ts"
import type { Composer, RequestPlan } from "../dialect/compose.ts"
import { ERROR_CODES, type Reply } from "../dialect/errors.ts"
import { type FailedProbe, interpretProbe, type ProbeOutcome } from "../dialect/interpret.ts"
import { matchingAttributes } from "../mapping/matching.ts"
import type { MappingPlan } from "./mapping-plan.ts"
import type { QuarantineCause } from "./quarantine.ts"

/** What a probe needs. */
export interface ProbeContext {
  readonly plan: MappingPlan
  readonly composer: Composer
  readonly ids: IdSource
  /** Sends without looking at the answer. */
  send(plan: RequestPlan): Promise<Reply>
}

/** Probes every object type whose mapping is on, and stops at the first that fails. */
export async function probe(context: ProbeContext): Promise<ProbeOutcome> {
  for (const type of ["User", "Group"] as const) {
    const { mapping } = context.plan[type]
    const [attribute] = matchingAttributes(mapping)
    if (!mapping.enabled || attribute === undefined) continue
    const outcome = interpretProbe(
      await context.send(context.composer.probe(type, attribute.target, context.ids.next())),
    )
    if (outcome.kind !== "ready") return outcome
  }
  return { kind: "ready" }
}

/** Why a failed probe quarantines the job: in quarantine, refused or unreachable reads as invalid credentials (RES-10). */
export function probeCause({ kind, error }: FailedProbe): QuarantineCause {
  const code = kind === "incompatible" ? error.code : ERROR_CODES.invalidCredentials
  return {
    reason: "EncounteredQuarantineException",
    error: { code, message: error.reason, tenantActionable: true },
  }
}

/** The code of a failed connection test: whether the target answered at all where it was asked (RES-10). */
export function validationCode({ kind }: FailedProbe): string {
  return kind === "unavailable" ? ERROR_CODES.credentialValidationUnavailable : ERROR_CODES.credentialValidationFailure
}
