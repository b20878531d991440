/**
 * One group that grows to everybody: its last 300 members arrive in as many PATCHes, side by side.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/group-storm.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("group-storm")
