/**
 * Everybody for the first time: probe, look up, create; then managers and the members of groups of every size, one a PATCH.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/initial-cycle.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("initial-cycle")
