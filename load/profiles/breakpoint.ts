/**
 * The rate rises step by step until p95 breaks SCIMULATE_P95 milliseconds (1000), or SCIMULATE_DURATION seconds (120) are over.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/breakpoint.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("breakpoint")
