/** The audit log of a tenant, the newest entry first. */
import { z } from "zod"
import { toRfc3339 } from "../../protocol/index.ts"
import { AUDIT_KINDS } from "../audit/audit-log.ts"
import type { AuditEntry } from "../audit/audit-log.ts"
import { parseDateTime } from "../resource/date-time.ts"
import { answerJson, tenantOf } from "./context.ts"
import type { AdminContext } from "./context.ts"
import type { AdminEndpoint } from "./endpoint.ts"
import { parsed } from "./problem.ts"

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

const instant = z.string().transform((text, context) => {
  const atMs = parseDateTime(text)
  if (atMs !== undefined) return atMs
  context.addIssue({ code: "custom", message: "must be a date and time such as 2026-03-01T12:00:00Z" })
  return z.NEVER
})
const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, "must be a whole number")
  .transform(Number)

const querySchema = z.strictObject({
  kind: z.enum(AUDIT_KINDS).optional(),
  actor: z.string().optional(),
  resource: z.string().optional(),
  from: instant.optional(),
  until: instant.optional(),
  before: wholeNumber.optional(),
  limit: wholeNumber.pipe(z.int().min(1).max(MAX_LIMIT)).default(DEFAULT_LIMIT),
})

export function auditEndpoints(admin: AdminContext): readonly AdminEndpoint[] {
  return [
    {
      path: "/tenants/:tenant/audit",
      methods: {
        GET: (context) => {
          const tenant = tenantOf(context, admin)
          const query = parsed(querySchema, context.req.query(), "The query")
          const entries = tenant.audit.read(query)
          const last = entries.at(-1)
          const isFull = entries.length === query.limit && last !== undefined
          return answerJson(200, { entries: entries.map(toJson), ...(isFull && { next: { before: last.seq } }) })
        },
      },
    },
  ]
}

function toJson({ seq, at, ...event }: AuditEntry): object {
  return { number: seq, at: toRfc3339(at), ...event }
}
