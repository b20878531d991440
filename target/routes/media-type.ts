/** Content negotiation (RFC 7644 §3.8, RFC 9110 §8.3 and §12.5.1). */
import { SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import { Memo } from "../memo.ts"
import { ScimError } from "../scim-error.ts"

const JSON_MEDIA_TYPE = "application/json"

/**
 * The media type to answer with: SCIM's own, or plain JSON where only that is accepted.
 *
 * @throws ScimError 406 where neither is
 */
export function negotiate(accept: string | undefined): string {
  return accept === undefined ? SCIM_MEDIA_TYPE : negotiated.recall(accept, choose)
}

const negotiated = new Memo<string>(100)

function choose(accept: string): string {
  if (accept.trim() === "") return SCIM_MEDIA_TYPE
  const ranges = accept.split(",").map(parseRange)
  const chosen = [SCIM_MEDIA_TYPE, JSON_MEDIA_TYPE].find((type) => qualityOf(type, ranges) > 0)
  if (chosen !== undefined) return chosen
  throw new ScimError(406, `The only media types here are ${SCIM_MEDIA_TYPE} and ${JSON_MEDIA_TYPE}.`)
}

/** @throws ScimError 415 where a body is of another type than SCIM or JSON, or not UTF-8 */
export function assertJsonBody(contentType: string | undefined): void {
  // Without a Content-Type the recipient may look for itself (RFC 9110 §8.3).
  if (contentType === undefined || isKnownBody.recall(contentType, isJsonBody)) return
  throw new ScimError(415, `A body must be ${SCIM_MEDIA_TYPE} or ${JSON_MEDIA_TYPE}, in UTF-8.`)
}

const isKnownBody = new Memo<boolean>(100)

function isJsonBody(contentType: string): boolean {
  const [type = "", ...parameters] = contentType
    .toLowerCase()
    .split(";")
    .map((part) => part.trim())
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice("charset=".length)
  const isUtf8 = charset === undefined || charset.replaceAll('"', "") === "utf-8"
  return (type === SCIM_MEDIA_TYPE || type === JSON_MEDIA_TYPE) && isUtf8
}

interface MediaRange {
  readonly type: string
  readonly quality: number
}

function parseRange(text: string): MediaRange {
  const [type = "", ...parameters] = text
    .toLowerCase()
    .split(";")
    .map((part) => part.trim())
  const quality = parameters.find((parameter) => parameter.startsWith("q="))
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 }
}

/** The quality of the most specific range that covers the type. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const covering = [type, `${type.split("/")[0] ?? ""}/*`, "*/*"]
  for (const candidate of covering) {
    const range = ranges.find((one) => one.type === candidate)
    if (range !== undefined) return range.quality
  }
  return 0
}
