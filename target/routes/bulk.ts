/** The endpoint for bulk jobs (RFC 7644 §3.7). */
import { BULK_RESPONSE_URN } from "../../protocol/index.ts"
import { readBulkRequest } from "../resource/bulk/message.ts"
import { runBulk } from "../resource/bulk/run.ts"
import { enqueueWrite } from "../resource/secrets.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { toEntityTag } from "../resource/stored-form.ts"
import { readBody } from "./body.ts"
import { assertWritable } from "./conditional.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answer } from "./exchange.ts"
import type { SearchOptions } from "./search.ts"

export function bulkEndpoint(
  shapes: readonly ResourceShape[],
  { resources, addressing, guard }: SearchOptions,
): Handler {
  const { limits } = resources
  const bodyLimits = { ...limits, maxBodyBytes: limits.maxBulkBytes }
  return endpoint({
    POST: async (call) => {
      const job = readBulkRequest(await readBody(call, bodyLimits), limits.maxBulkOperations)
      const preconditionOf = (ifMatch: string | undefined) => {
        return ({ version }: { readonly version: number }): void => {
          assertWritable({ ifMatch, ifNoneMatch: undefined }, toEntityTag(version))
        }
      }
      const options = { shapes, addressing: addressing(call), preconditionOf }
      const results = await enqueueWrite(resources, (writing) => {
        const done = runBulk(writing, job, options)
        for (const { method, location, status } of done) {
          const resource = location === undefined ? "Bulk" : location.slice(options.addressing.base.length + 1)
          guard.written(call, `bulk ${method}`, resource, Number(status))
        }
        return done
      })
      return answer(call, 200, JSON.stringify({ schemas: [BULK_RESPONSE_URN], Operations: results }))
    },
  })
}
