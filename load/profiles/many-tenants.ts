/**
 * Tenants at 25 requests a second each, beside one that knows no limit. SCIMULATE_URL may hold {tenant}, or a URL for each tenant, with commas.
 *
 *     SCIMULATE_URL=http://127.0.0.1:8080/scim/v2 SCIMULATE_TOKEN=s3cret SCIMULATE_PLAN=plan.json k6 run load/profiles/many-tenants.ts
 */
import { loadProfile } from "./engine/profile.ts"

export const { options, provision } = loadProfile("many-tenants")
