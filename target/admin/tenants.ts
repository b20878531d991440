/** Tenants: what there are, what is set of them, and their beginning and end. */
import type { Context } from "hono"
import { z } from "zod"
import { toRfc3339 } from "../../protocol/index.ts"
import { tenantSettingsSchema } from "../tenants/settings.ts"
import { DEFAULT_TENANT, MAX_TENANTS, tenantNameSchema } from "../tenants/tenants.ts"
import type { TenantInfo } from "../tenants/tenants.ts"
import { administer, answerJson, answerNothing, bodyOf, missingTenant, nameOf, record, tenantOf } from "./context.ts"
import type { AdminContext } from "./context.ts"
import type { AdminEndpoint } from "./endpoint.ts"
import { parsed, Problem } from "./problem.ts"

const newTenantSchema = z.strictObject({ name: tenantNameSchema, settings: tenantSettingsSchema.optional() })

/** A merge patch (RFC 7396): null takes a setting away. */
const settingsChangeSchema = z.strictObject({
  settings: z.strictObject({
    rateLimit: z.unknown().optional(),
    allowedAddresses: z.unknown().optional(),
    jwt: z.unknown().optional(),
  }),
})

export function tenantEndpoints(admin: AdminContext): readonly AdminEndpoint[] {
  const { tenants, clock } = admin
  const { main } = tenants

  const mustFindInfo = (context: Context): TenantInfo => {
    const info = tenants.info(nameOf(context))
    if (info === undefined) throw missingTenant(context)
    return info
  }

  const recording = (context: Context, action: string, name: string, status: number) => (): void => {
    record(context, admin, main, { action, resource: `tenants/${name}`, status })
  }

  return [
    {
      path: "/tenants",
      methods: {
        GET: () => answerJson(200, { tenants: tenants.list().map(toJson) }),
        POST: async (context) => {
          const { name, settings = {} } = await bodyOf(context, newTenantSchema)
          if (tenants.list().length >= MAX_TENANTS)
            throw new Problem(409, `There are ${MAX_TENANTS} tenants, the most there can be.`)
          const info = { name, created: clock.now(), settings }
          const isNew = await tenants.create(info, recording(context, "tenant.create", name, 201))
          if (!isNew) throw new Problem(409, `There is a tenant called ${name} already.`)
          return answerJson(201, toJson(info))
        },
      },
    },
    {
      path: "/tenants/:tenant",
      methods: {
        GET: (context) => answerJson(200, toJson(mustFindInfo(context))),
        PATCH: async (context) => {
          const { settings } = await bodyOf(context, settingsChangeSchema)
          const before = mustFindInfo(context)
          const merged = Object.entries({ ...before.settings, ...settings }).filter(([, value]) => value !== null)
          const info = {
            ...before,
            settings: parsed(tenantSettingsSchema, Object.fromEntries(merged), "The body's settings"),
          }
          const isThere = await tenants.configure(info, recording(context, "tenant.configure", info.name, 200))
          if (!isThere) throw missingTenant(context)
          return answerJson(200, toJson(info))
        },
        DELETE: async (context) => {
          const { name } = mustFindInfo(context)
          if (name === DEFAULT_TENANT) throw new Problem(409, "The default tenant cannot be removed: reset it instead.")
          await tenants.remove(name, recording(context, "tenant.remove", name, 204))
          return answerNothing()
        },
      },
    },
    {
      path: "/tenants/:tenant/reset",
      methods: {
        POST: async (context) => {
          const tenant = tenantOf(context, admin)
          await administer(context, admin, tenant, () => {
            tenant.store.clear()
            return {
              result: undefined,
              deed: { action: "tenant.reset", resource: `tenants/${tenant.name}`, status: 204 },
            }
          })
          return answerNothing()
        },
      },
    },
  ]
}

function toJson({ name, created, settings }: TenantInfo): object {
  const path = name === DEFAULT_TENANT ? "" : `/t/${name}`
  return { name, created: toRfc3339(created), path, settings }
}
