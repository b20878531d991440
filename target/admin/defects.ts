/** The known defects, switched on and off while the server runs; they are off again after a restart. */
import { z } from "zod"
import { nearest } from "../../protocol/index.ts"
import { defects, findDefect } from "../defects/index.ts"
import { administer, answerJson, bodyOf, tenantOf } from "./context.ts"
import type { AdminContext } from "./context.ts"
import type { AdminEndpoint } from "./endpoint.ts"
import { Problem } from "./problem.ts"

const MAX_DEFECTS = 20
const choiceSchema = z.strictObject({ on: z.array(z.string()).max(MAX_DEFECTS) })

export function defectEndpoints(admin: AdminContext): readonly AdminEndpoint[] {
  return [
    {
      path: "/tenants/:tenant/defects",
      methods: {
        GET: (context) => {
          const { defects: on } = tenantOf(context, admin)
          return answerJson(200, { on, known: defects.map(({ name, title }) => ({ name, title })) })
        },
        PUT: async (context) => {
          const tenant = tenantOf(context, admin)
          const { on } = await bodyOf(context, choiceSchema)
          for (const name of on) assertKnown(name)
          await administer(context, admin, tenant, () => {
            const detail = on.length === 0 ? "none" : on.join(", ")
            return { result: undefined, deed: { action: "defects.switch", resource: "defects", status: 200, detail } }
          })
          tenant.defects = on
          return answerJson(200, { on })
        },
      },
    },
  ]
}

function assertKnown(name: string): void {
  if (findDefect(name) !== undefined) return
  const known = defects.map((defect) => defect.name)
  const near = nearest(name, known)
  const hint = near === undefined ? "" : ` Did you mean ${near}?`
  throw new Problem(400, `There is no defect called ${JSON.stringify(name)}.${hint}`)
}
