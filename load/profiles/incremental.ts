/**
 * A day in a tenant: 36 cycles, 2 % of the people changed, compressed into SCIMULATE_DURATION seconds (60).
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/incremental.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("incremental")
