/** OAuth 2.0 client credentials, as Entra asks for a token: a form with the client's id and secret (WIRE-024, documented). */
import { z } from "zod"
import { TransportError, type HttpResponse, type Transport } from "../../protocol/index.ts"
import { EnvironmentError } from "../errors.ts"

export interface ClientCredentials {
  readonly url: string
  readonly clientId: string
  readonly secret: string
}

const tokenAnswerSchema = z.object({ access_token: z.string().min(1) })
const errorAnswerSchema = z.object({ error: z.string(), error_description: z.string().optional() })

/**
 * One access token.
 *
 * @throws EnvironmentError where none was given out.
 * @see RFC 6749 §4.4
 */
export async function fetchAccessToken(transport: Transport, client: ClientCredentials): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.clientId,
    client_secret: client.secret,
  })
  const answer = await transport({
    method: "POST",
    url: client.url,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: form.toString(),
  }).catch((cause: unknown) => {
    if (!(cause instanceof TransportError)) throw cause
    throw new EnvironmentError("ENV_OAUTH", `the token endpoint ${client.url} gave no answer: ${cause.message}`, {
      cause,
    })
  })
  const token = tokenAnswerSchema.safeParse(parseBody(answer))
  if (answer.status === 200 && token.success) return token.data.access_token
  const reason = reasonOf(answer).replaceAll(client.secret, "***")
  throw new EnvironmentError("ENV_OAUTH", `the token endpoint ${client.url} gave no access token: ${reason}`, {
    hint: "check --client-id and the secret that --client-secret-env names",
  })
}

function parseBody(answer: HttpResponse): unknown {
  try {
    return JSON.parse(answer.body ?? "")
  } catch {
    return undefined
  }
}

function reasonOf(answer: HttpResponse): string {
  const error = errorAnswerSchema.safeParse(parseBody(answer))
  if (!error.success) return `it answered ${answer.status} without an access_token`
  return `it answered ${answer.status} ${error.data.error} ${error.data.error_description ?? ""}`.trim()
}
