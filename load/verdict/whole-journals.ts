/** Whether journals from elsewhere are the whole story: a verdict on half of it would blame or praise the endpoint for nothing. */
import { UsageError } from "../../protocol/index.ts"
import type { Profile } from "../catalogue.ts"
import type { LoadPlan } from "../plan/plan.ts"
import type { Measurement } from "./measure.ts"

export interface Journals {
  readonly plan: LoadPlan
  readonly profile: Profile
  readonly measurement: Measurement
  /** How many virtual users shared the plan: each writes its own end. */
  readonly parts: number
}

/**
 * Checks the parts, and, where the plan was sent once, the answers.
 *
 * @throws UsageError that says what is missing.
 */
export function assertWholeJournals({ plan, profile, measurement, parts }: Journals): void {
  const { done, prepared, unsent } = measurement
  if (done !== parts) {
    throw new UsageError(
      "USAGE_FILE",
      `--journal: the files hold the ends of ${done} parts of a load that has ${parts}`,
      {
        hint: "give the log of every runner, each once, with --runners, --users, --tenants and --seed as the manifests had them",
      },
    )
  }
  if (profile.mode !== "once" && profile.mode !== "compressed") return
  const planned = plan.chains.reduce((sum, { requests }) => sum + requests.length, 0)
  const missing = planned - prepared - measurement.all().requests - unsent
  if (missing <= 0) return
  throw new UsageError("USAGE_FILE", `--journal: ${missing} of ${planned} answers are missing from the files`, {
    hint: "logs were cut: a node keeps 10 MiB of a container's log unless told otherwise (docs/scale.md)",
  })
}
