/** How much evidence a report keeps: enough to see what happened, never so much that nobody can open it. */
import type { CaseResult, Exchange } from "./model.ts"

/** Exchanges kept of each case, besides all that its findings name. */
const EXCHANGES_PER_CASE = 200
/** Bytes (UTF-8) kept of each body. */
const BODY_BYTES = 64 * 1024

/** The first 200 exchanges of each case and all that findings name, with bodies cut at 64 KB (design: "The report"). */
export function capEvidence(exchanges: readonly Exchange[], cases: readonly CaseResult[]): Exchange[] {
  const named = new Set(cases.flatMap((result) => result.findings.flatMap((finding) => finding.exchanges)))
  const seen = new Map<string, number>()
  return exchanges
    .filter((exchange) => {
      const index = seen.get(exchange.case) ?? 0
      seen.set(exchange.case, index + 1)
      return index < EXCHANGES_PER_CASE || named.has(exchange.id)
    })
    .map(capBodies)
}

function capBodies(exchange: Exchange): Exchange {
  const { request, response } = exchange
  return {
    ...exchange,
    request: { ...request, body: capBody(request.body) },
    response: response && { ...response, body: capBody(response.body) },
  }
}

function capBody(body: string | null): string | null {
  if (body === null) return null
  const bytes = Buffer.byteLength(body)
  if (bytes <= BODY_BYTES) return body
  // Decoding as a stream leaves out a character that the cut splits.
  const kept = new TextDecoder().decode(Buffer.from(body).subarray(0, BODY_BYTES), { stream: true })
  return `${kept}\n… cut by scimulate: the first ${BODY_BYTES} of ${bytes} bytes (--evidence all keeps everything)`
}
