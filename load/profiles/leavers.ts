/**
 * Half of the company leaves: disabled in one cycle, deleted for good in the next.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/leavers.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("leavers")
