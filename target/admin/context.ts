/** What the administration API's endpoints share: who asks, which tenant is meant, and how a change is done and recorded. */
import type { Context } from "hono"
import type { z } from "zod"
import type { Clock } from "../../protocol/index.ts"
import { callerOf } from "../auth/addresses.ts"
import type { AddressList, Peer } from "../auth/addresses.ts"
import { readText } from "../routes/body.ts"
import type { Tenant } from "../tenants/tenant.ts"
import type { Tenants } from "../tenants/tenants.ts"
import { parsed, Problem } from "./problem.ts"

/** No body here is longer: the largest is a tenant's settings with a key set. */
const MAX_BYTES = 262_144

export interface AdminContext {
  readonly tenants: Tenants
  readonly clock: Clock
  readonly trustedProxies?: AddressList
}

/** Under this name Hono keeps who administers. */
export const ADMINISTRATOR = "administrator"

/** The tenant that the path names. @throws Problem 404 */
export function tenantOf(context: Context, { tenants }: AdminContext): Tenant {
  const tenant = tenants.find(nameOf(context))
  if (tenant === undefined) throw missingTenant(context)
  return tenant
}

export function nameOf(context: Context): string {
  return context.req.param("tenant") ?? ""
}

export function missingTenant(context: Context): Problem {
  return new Problem(404, `There is no tenant called ${JSON.stringify(nameOf(context))}.`)
}

/** What is to be recorded of a change. */
export interface Deed {
  readonly action: string
  readonly resource: string
  readonly status: number
  readonly detail?: string | undefined
}

/** Does a change in a tenant's database and records it, in one commit; resolves once that is done. */
export async function administer<T>(
  context: Context,
  admin: AdminContext,
  tenant: Tenant,
  work: () => { readonly result: T; readonly deed: Deed },
): Promise<T> {
  return tenant.store.enqueue(() => {
    const { result, deed } = work()
    record(context, admin, tenant, deed)
    return result
  })
}

/** Records what was done, in the unit of work that does it. */
export function record(context: Context, admin: AdminContext, tenant: Tenant, deed: Deed): void {
  tenant.audit.record({ kind: "administration", actor: actorOf(context), address: addressOf(context, admin), ...deed })
}

export function actorOf(context: Context): string {
  const actor: unknown = context.get(ADMINISTRATOR)
  return typeof actor === "string" ? actor : "unknown"
}

export function addressOf(context: Context, { trustedProxies }: AdminContext): string | undefined {
  const peer: Peer | undefined = context.env
  return callerOf(peer, () => context.req.header("x-forwarded-for") ?? null, trustedProxies)
}

/** The request's body; an empty one counts as an empty object. @throws Problem 400, 415; ScimError 413 */
export async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const { raw } = context.req
  const text = await readText(raw, MAX_BYTES)
  if (text === "") return parsed(schema, {}, "The body")
  const type = raw.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase()
  if (type !== "application/json") throw new Problem(415, "A body must be application/json.")
  return parsed(schema, parsedJson(text), "The body")
}

function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem(400, "The body is not JSON.")
    throw error
  }
}

/** Answers with JSON. What is administered is nobody's to keep on the way. */
export function answerJson(status: number, body: unknown): Response {
  const headers = { "content-type": "application/json", "cache-control": "no-store" }
  return new Response(JSON.stringify(body), { status, headers })
}

export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "no-store" } })
}
