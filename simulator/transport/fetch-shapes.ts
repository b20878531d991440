/** Our plain requests and answers as the Fetch API's objects, and back. */
import { type HttpRequest, type HttpResponse, TransportError } from "../../protocol/index.ts"
import { nameRequest } from "./failure.ts"

export function toFetchRequest({ method, url, headers, body }: HttpRequest): Request {
  return new Request(url, { method, headers, body, redirect: "manual" })
}

/** The answer as plain data. Throws {@link TransportError} `reset` for a network error (`Response.error()`) and a body that breaks off. */
export async function fromFetchResponse(response: Response, request: HttpRequest): Promise<HttpResponse> {
  if (response.type === "error") {
    throw new TransportError("reset", `The connection broke before an answer came: ${nameRequest(request)}.`)
  }
  let body: string
  try {
    body = await response.text()
  } catch (cause) {
    throw new TransportError("reset", `The answer to ${nameRequest(request)} broke off.`, { cause })
  }
  return { status: response.status, headers: toHeaderLists(response.headers), body: body === "" ? null : body }
}

/** The Fetch API joins the values of a header with commas, which is their meaning (RFC 9110 §5.2), except for cookies. */
function toHeaderLists(headers: Headers): Record<string, readonly string[]> {
  const lists: Record<string, readonly string[]> = {}
  for (const [name, value] of headers) lists[name] = name === "set-cookie" ? headers.getSetCookie() : [value]
  return lists
}
