/** A call's parameters, and the answers. */
import { LIST_RESPONSE_URN, SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import { ScimError } from "../scim-error.ts"
import type { Answer, Call } from "./call.ts"
import { negotiate } from "./media-type.ts"
import { readQueryString } from "./query-string.ts"
import type { Parameters } from "./query-string.ts"

/** The parameters of the URL. */
export function parametersOf({ query }: Call): Parameters {
  return query === "" ? NO_PARAMETERS : readQueryString(query)
}

const NO_PARAMETERS: Parameters = new Map()

/** Answers with a JSON text. */
export function answer(
  call: Call,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { "content-type": negotiate(call.header("accept")), ...headers }, body }
}

/** Answers without a body. */
export function answerEmpty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: null }
}

/** Where a page stands among the others: by index, or by the cursor of the next one. */
export interface PagePlace {
  readonly startIndex?: number
  readonly nextCursor?: string | undefined
}

/** The text of a list answer (RFC 7644 §3.4.2, RFC 9865 §2); `resources` are texts already. */
export function renderList(resources: readonly string[], totalResults: number, place: PagePlace): string {
  const { startIndex, nextCursor } = place
  const from = startIndex === undefined ? "" : `,"startIndex":${startIndex}`
  const next = nextCursor === undefined ? "" : `,"nextCursor":${JSON.stringify(nextCursor)}`
  const counts = `"totalResults":${totalResults}${from},"itemsPerPage":${resources.length}${next}`
  return `{"schemas":["${LIST_RESPONSE_URN}"],${counts},"Resources":[${resources.join(",")}]}`
}

/** The one place where errors become answers. What is not a SCIM error says nothing about itself (RFC7644-7.7-02). */
export function answerError(error: unknown, onUnexpected: (error: unknown) => void): Answer {
  if (!(error instanceof ScimError)) onUnexpected(error)
  const known =
    error instanceof ScimError ? error : new ScimError(500, "The server failed; the request may be repeated.")
  // Errors go out as SCIM's own type whatever was accepted: a refusal in no form would tell nothing.
  const headers = { "content-type": SCIM_MEDIA_TYPE, ...known.headers }
  return { status: known.status, headers, body: JSON.stringify(known.toBody()) }
}
