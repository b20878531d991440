/** From a load and its plan to what runs on a cluster: how tenants are spread over runners, and what each runner is told. */
import type { Profile } from "../catalogue.ts"
import { K6_VERSION } from "../k6/version.ts"
import type { LoadPlan } from "../plan/plan.ts"
import { describeObstacle, splitObstacle } from "../plan/split.ts"
import { profileFile } from "../run-k6.ts"
import { type DistributedRun, refusal, type RunSecret } from "./distributed-run.ts"
import { readScript } from "./script-files.ts"

export interface ClusterOptions {
  readonly plan: LoadPlan
  /** With the numbers that hold for this run. */
  readonly profile: Profile
  /** Where the load goes, as seen from inside the cluster; may hold `{tenant}`, or commas between the URLs of several. */
  readonly url: string
  /** How many pods run k6. */
  readonly runners: number
  readonly namespace?: string
  /** The PersistentVolumeClaim that holds the plan as plan.json, instead of ConfigMaps. */
  readonly planClaim?: string
  /** Where the bearer token comes from; null without one. */
  readonly token: RunSecret["from"] | null
  /** Milliseconds that end a rising load. */
  readonly p95Ms: number
}

const PLAN_FILE = "plan.json"

/** Into how many parts each tenant's load has to be split, so that every runner has one. */
export function lanesFor(tenants: number, runners: number): number {
  return Math.ceil(runners / tenants)
}

/**
 * Describes the run.
 *
 * @throws UsageError where the load of a tenant would have to be split and cannot be.
 */
export function toDistributedRun(options: ClusterOptions): DistributedRun {
  const { plan, profile, url, runners, namespace, planClaim, token } = options
  const lanes = lanesFor(plan.tenants.length, runners)
  const obstacle = splitObstacle(plan, lanes)
  if (obstacle !== null) {
    throw refusal(describeObstacle(obstacle), "use one runner for each tenant, or several loads with a --seed each")
  }
  const name = `${profile.name}-${plan.runId}`
  const place = { variable: "SCIMULATE_PLAN", file: PLAN_FILE }
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    parallelism: runners,
    vus: plan.tenants.length * lanes,
    image: `grafana/k6:${K6_VERSION}`,
    url,
    script: readScript(profileFile(profile.name)),
    data: [planClaim === undefined ? { ...place, text: JSON.stringify(plan) } : { ...place, claim: planClaim }],
    environment: environmentOf(options, lanes),
    secrets:
      token === null ? [] : [{ variable: "SCIMULATE_TOKEN", secret: `${name}-token`, key: "token", from: token }],
    arguments: ["--log-format=raw", "--no-color", "--summary-mode=compact"],
  }
}

/** What the profiles read (profiles/engine/settings.ts). A tenant keeps its number of requests in flight when it is split. */
function environmentOf({ profile, p95Ms }: ClusterOptions, lanes: number): Record<string, string> {
  return {
    SCIMULATE_LANES: String(lanes),
    SCIMULATE_IN_FLIGHT: String(Math.max(1, Math.floor(profile.inFlight / lanes))),
    SCIMULATE_P95: String(p95Ms),
    SCIMULATE_JOURNAL: "1",
    SCIMULATE_ALLOW_WRITES: "1",
    ...(profile.rate !== null && { SCIMULATE_RATE: String(profile.rate) }),
    ...(profile.durationS !== null && { SCIMULATE_DURATION: String(profile.durationS) }),
  }
}
