/**
 * The application is connected anew: everybody is found again, and nothing may double.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/reconnect.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("reconnect")
