/** Between Hono and the rest: the request's parts, and the answers. */
import { LIST_RESPONSE_URN, SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import type { Context } from "hono"
import type { JsonValue } from "../json.ts"
import { badRequest, ScimError } from "../scim-error.ts"
import { assertJsonBody, negotiate } from "./media-type.ts"

/** The parsed body of a request. @throws ScimError 415, 400 invalidSyntax */
export async function readBody(context: Context): Promise<JsonValue> {
  assertJsonBody(context.req.header("content-type"))
  const text = await context.req.text()
  try {
    const body: JsonValue = JSON.parse(text)
    return body
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest("invalidSyntax", "The body is not JSON.", error)
    throw error
  }
}

/** The parameters of the URL; "+" stands for a blank, as Entra writes it (WIRE-047). */
export function parametersOf(context: Context): URLSearchParams {
  return new URL(context.req.url).searchParams
}

/** Answers with a JSON text. */
export function answer(
  context: Context,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const contentType = negotiate(context.req.header("accept"))
  return new Response(body, { status, headers: { "content-type": contentType, ...headers } })
}

/** Answers without a body. */
export function answerEmpty(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers })
}

/** The text of a list answer (RFC 7644 §3.4.2); `resources` are texts already. */
export function renderList(resources: readonly string[], totalResults: number, startIndex: number): string {
  const head = { schemas: [LIST_RESPONSE_URN], totalResults, startIndex, itemsPerPage: resources.length }
  return `${JSON.stringify(head).slice(0, -1)},"Resources":[${resources.join(",")}]}`
}

/** The one place where errors become answers. What is not a SCIM error says nothing about itself (RFC7644-7.7-02). */
export function answerError(error: unknown, onUnexpected: (error: unknown) => void): Response {
  if (!(error instanceof ScimError)) onUnexpected(error)
  const known =
    error instanceof ScimError ? error : new ScimError(500, "The server failed; the request may be repeated.")
  // Errors go out as SCIM's own type whatever was accepted: a refusal in no form would tell nothing.
  const headers = { "content-type": SCIM_MEDIA_TYPE, ...known.headers }
  return new Response(JSON.stringify(known.toBody()), { status: known.status, headers })
}

/** A handler for methods that an endpoint does not have. */
export function refuseMethod(...allowed: readonly string[]): () => never {
  return () => {
    throw new ScimError(405, `The methods here are ${allowed.join(", ")}.`, { headers: { allow: allowed.join(", ") } })
  }
}
