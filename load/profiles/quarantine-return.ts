/**
 * The burst after an outage of three days.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/quarantine-return.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("quarantine-return")
