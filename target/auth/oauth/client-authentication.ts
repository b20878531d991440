/** How an OAuth client proves who it is (RFC 6749 §2.3.1): by HTTP Basic, or by two parameters of the body. */
import { OAuthError } from "./oauth-error.ts"

export interface ClientCredentials {
  readonly id: string
  readonly secret: string
}

/**
 * The credentials in a token request. Both ways at once are refused, unless `mayUseBoth` and they agree: Entra can be told to
 * send both (WIRE-024).
 *
 * @throws OAuthError invalid_client where there are none, invalid_request where they are malformed or contradict each other
 */
export function readClientCredentials(
  authorization: string | null,
  parameters: ReadonlyMap<string, string>,
  { mayUseBoth }: { readonly mayUseBoth: boolean },
): ClientCredentials {
  const inHeader = authorization === null ? undefined : readBasic(authorization)
  const inBody = readBody(parameters)
  if (inHeader !== undefined && inBody !== undefined) {
    const agree = inHeader.id === inBody.id && inHeader.secret === inBody.secret
    if (!mayUseBoth || !agree)
      throw new OAuthError("invalid_request", "Client credentials came in header and body: use one.")
  }
  const id = parameters.get("client_id")
  if (inHeader !== undefined && id !== undefined && id !== inHeader.id) {
    throw new OAuthError("invalid_request", "client_id is not the client of the Authorization header.")
  }
  const given = inHeader ?? inBody
  if (given === undefined) {
    throw new OAuthError("invalid_client", "Client credentials are needed: HTTP Basic, or client_id and client_secret.")
  }
  return given
}

function readBody(parameters: ReadonlyMap<string, string>): ClientCredentials | undefined {
  const id = parameters.get("client_id")
  const secret = parameters.get("client_secret")
  if (secret === undefined) return undefined
  if (id === undefined) throw new OAuthError("invalid_request", "client_secret came without client_id.")
  return { id, secret }
}

/** Id and secret are form-encoded before they are put together (RFC 6749 §2.3.1). */
function readBasic(authorization: string): ClientCredentials {
  const encoded = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization)?.[1]
  const text = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8")
  const colon = text.indexOf(":")
  const id = colon === -1 ? undefined : formDecoded(text.slice(0, colon))
  const secret = formDecoded(text.slice(colon + 1))
  if (id === undefined || secret === undefined) {
    throw new OAuthError("invalid_client", "The Authorization header must be Basic with the client's id and secret.")
  }
  return { id, secret }
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return undefined
  }
}
