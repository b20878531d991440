/**
 * 25 requests a second for SCIMULATE_DURATION seconds (600): changes there and back again.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/soak.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("soak")
