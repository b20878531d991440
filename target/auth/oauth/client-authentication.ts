/**
 * How an OAuth client proves who it is: by HTTP Basic, by two parameters of the body (RFC 6749 §2.3.1), or by an assertion
 * (RFC 7521 §4.2).
 */
import { ASSERTION_TYPE } from "./assertions.ts"
import { OAuthError } from "./oauth-error.ts"

export interface ClientSecret {
  readonly id: string
  readonly secret: string
}

export interface ClientAssertion {
  readonly id: string
  readonly assertion: string
}

export type ClientProof = ClientSecret | ClientAssertion

/**
 * The credentials in a token request. Both ways at once are refused, unless `mayUseBoth` and they agree: Entra can be told to
 * send both (WIRE-024).
 *
 * @throws OAuthError invalid_client where there are none, invalid_request where they are malformed or contradict each other
 */
export function readClientProof(
  authorization: string | null,
  parameters: ReadonlyMap<string, string>,
  { mayUseBoth }: { readonly mayUseBoth: boolean },
): ClientProof {
  const asserted = readAssertion(authorization, parameters)
  if (asserted !== undefined) return asserted
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
    throw new OAuthError(
      "invalid_client",
      "Client credentials are needed: HTTP Basic, or client_id and client_secret, or an assertion.",
    )
  }
  return given
}

function readAssertion(
  authorization: string | null,
  parameters: ReadonlyMap<string, string>,
): ClientAssertion | undefined {
  const id = parameters.get("client_id")
  const assertion = parameters.get("client_assertion")
  if (assertion === undefined) return undefined
  if (authorization !== null || parameters.has("client_secret")) {
    throw new OAuthError("invalid_request", "A client assertion and a secret came together: use one.")
  }
  if (parameters.get("client_assertion_type") !== ASSERTION_TYPE) {
    throw new OAuthError("invalid_request", `The only client_assertion_type here is ${ASSERTION_TYPE}.`)
  }
  if (id === undefined) throw new OAuthError("invalid_request", "client_assertion came without client_id.")
  return { id, assertion }
}

function readBody(parameters: ReadonlyMap<string, string>): ClientSecret | undefined {
  const id = parameters.get("client_id")
  const secret = parameters.get("client_secret")
  if (secret === undefined) return undefined
  if (id === undefined) throw new OAuthError("invalid_request", "client_secret came without client_id.")
  return { id, secret }
}

/** Id and secret are form-encoded before they are put together (RFC 6749 §2.3.1). */
function readBasic(authorization: string): ClientSecret {
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
