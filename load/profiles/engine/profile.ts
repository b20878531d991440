/** Puts a profile together: its options for k6, and what its virtual users do. */
import type { Options } from "k6/options"
import type { ProfileName } from "../../catalogue.ts"
import { beyondLoopback } from "./loopback.ts"
import { thresholds } from "./metrics.ts"
import { openPlan } from "./plan-data.ts"
import { provisionTenant } from "./provision.ts"
import { readSettings } from "./settings.ts"

export interface LoadedProfile {
  readonly options: Options
  readonly provision: () => Promise<void>
}

/** Only for the init context. Throws where the environment lacks something. */
export function loadProfile(name: ProfileName): LoadedProfile {
  const settings = readSettings(name)
  const plan = openPlan(settings.planFile, name, settings.lanes)
  return {
    provision: () => provisionTenant(settings, plan),
    options: {
      scenarios: {
        provisioning: {
          executor: "per-vu-iterations",
          exec: "provision",
          vus: plan.tenants.length * settings.lanes,
          iterations: 1,
          // The plan, or the duration, ends the run: never this.
          maxDuration: "720h",
          gracefulStop: "0s",
        },
      },
      thresholds: thresholds(plan.steps),
      summaryTrendStats: ["min", "med", "avg", "p(90)", "p(95)", "p(99)", "max"],
      // By URL there would be a time series for every person.
      systemTags: ["status", "method", "name", "scenario", "check", "error_code", "expected_response"],
      maxRedirects: 0,
      // Entra names itself in no User-Agent (WIRE-038, observed).
      userAgent: "",
      ...(!settings.allowsWrites && { blacklistIPs: beyondLoopback() }),
    },
  }
}
