/** Bodies of requests: their size, their type, and the JSON in them. */
import type { JsonValue } from "../json.ts"
import type { Limits } from "../limits.ts"
import { ScimError } from "../scim-error.ts"
import type { Call } from "./call.ts"
import { assertJsonBody } from "./media-type.ts"
import { parseJson } from "./parse-json.ts"

type BodyLimits = Pick<Limits, "maxBodyBytes" | "maxJsonDepth">

/** Refuses a body that announces itself as too large, before any of it is read. @throws ScimError 413 */
export function assertSize(call: Call, maxBytes: number): void {
  if (Number(call.header("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

/** The parsed body of a request. @throws ScimError 415, 413, 400 invalidSyntax */
export async function readBody(call: Call, limits: BodyLimits): Promise<JsonValue> {
  assertJsonBody(call.header("content-type"))
  return parseJson(await call.text(limits.maxBodyBytes), limits.maxJsonDepth)
}

/** The text of a request's body. @throws ScimError 413 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const length = request.headers.get("content-length")
  if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes)
  // With a Content-Length, which was checked, HTTP itself lets no more through.
  const isMeasured = length !== null && !request.headers.has("transfer-encoding")
  return isMeasured ? request.text() : readMeasuring(request, maxBytes)
}

/** Reads no more than is allowed. */
async function readMeasuring({ body }: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ""
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** 413 (RFC 7644 §3.7.4). */
export function tooLarge(maxBytes: number): ScimError {
  return new ScimError(413, `A body may have ${maxBytes} bytes at most.`)
}
