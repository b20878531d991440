/**
 * Is there something to test at all? One request decides, the one that Entra's own Test connection sends: a search for a
 * user who cannot exist (WIRE-057, documented). An endpoint that answers it wrongly is testable, and its cases say what is
 * wrong; a sign-in page, a refusal or silence is not, and the user hears at once what was asked and what was answered.
 */
import {
  EnvironmentError,
  SCIM_MEDIA_TYPE,
  TransportError,
  UsageError,
  type EnvironmentCode,
  type HttpRequest,
  type HttpResponse,
} from "../protocol/index.ts"
import { shorten } from "./describe.ts"
import type { Sent } from "./recording.ts"
import { encodeAsEntra } from "./scim-client.ts"

export interface PreflightOptions {
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly guid: string
  /** Takes secrets out of what a message quotes. */
  readonly redact: (text: string) => string
  readonly send: (request: HttpRequest) => Promise<Pick<Sent, "outcome">>
}

/**
 * Resolves when the target can be tested.
 * @throws EnvironmentError when it cannot, UsageError when it is not on this machine and writes were not allowed.
 */
export async function preflight({ baseUrl, headers, guid, redact, send }: PreflightOptions): Promise<void> {
  async function ask(path: string, extra: HttpRequest["headers"] = {}): Promise<HttpResponse> {
    const request = {
      method: "GET",
      url: `${baseUrl}${path}`,
      headers: { accept: SCIM_MEDIA_TYPE, ...headers, ...extra },
      body: null,
    }
    const { outcome } = await send(request)
    if (outcome instanceof TransportError) throw unreachable(outcome)
    return outcome
  }

  const filter = `userName eq "${guid}"`
  const path = `/Users?filter=${encodeAsEntra(filter)}`
  const probe = await ask(path)
  const isNowhere =
    probe.status === 404 &&
    (await Promise.all(ELSEWHERE.map((elsewhere) => ask(elsewhere)))).every(({ status }) => status === 404)
  const wantsAgent = probe.status === 403 && (await ask(path, { "user-agent": "scimulate" })).status < 300
  const problem = wantsAgent ? agentless(probe) : (judge(probe) ?? (isNowhere ? nowhere(probe) : undefined))
  if (problem === undefined) return
  const message = redact(`GET ${baseUrl}/Users?filter=${filter} answered ${problem.answered}.`)
  throw new EnvironmentError(problem.code, message, { hint: problem.hint })
}

/** Where an endpoint that takes an empty search for an error still answers something else than 404. */
const ELSEWHERE = ["/Users", "/ServiceProviderConfig", "/Schemas"]

function nowhere(probe: HttpResponse): Problem {
  const hint = "Is the path of the URL right? It is what /Users is appended to (often it ends in /scim/v2)."
  return { code: "ENV_NOT_SCIM", answered: `${summarize(probe)}, and so did ${ELSEWHERE.join(", ")}`, hint }
}

/** Entra names no User-Agent, and some firewalls refuse whoever names none (WIRE-038, observed). */
function agentless(probe: HttpResponse): Problem {
  const hint =
    "Only requests without a User-Agent header are refused, and Entra's have none: let them pass your firewall or gateway."
  return { code: "ENV_CREDENTIALS", answered: summarize(probe), hint }
}

/** The message of a transport error is a sentence of its own that names the request. */
function unreachable(error: TransportError): Error {
  if (error.failure === "forbidden") return new UsageError("USAGE_WRITES", error.message, { cause: error })
  return new EnvironmentError(CODES[error.failure], error.message, { hint: HINTS[error.failure], cause: error })
}

const CODES = {
  refused: "ENV_UNREACHABLE",
  reset: "ENV_UNREACHABLE",
  timeout: "ENV_TIMEOUT",
  tls: "ENV_TLS",
  protocol: "ENV_NOT_SCIM",
} as const

const HINTS = {
  refused: "Is the server running, and is the port right?",
  reset: "The connection was closed before an answer was complete: look in the server's log.",
  timeout: "The server accepts connections and does not answer; --timeout gives it longer.",
  tls: "Name the certificate authority with --ca FILE, or use --insecure for a server on this machine.",
  protocol: "Is this the port of a web server, and is it http or https?",
} as const

interface Problem {
  readonly code: EnvironmentCode
  readonly answered: string
  readonly hint: string
}

/** `404 (text/html): "Cannot GET /Users"`: status, media type and first words. */
function summarize({ status, headers, body }: HttpResponse): string {
  const type = headers["content-type"]?.[0] ?? ""
  const words = shorten((body ?? "").replaceAll(/<(script|style)\b.*?<\/\1>|<[^>]*>/gis, " ")).slice(0, 80)
  return `${status}${type === "" ? "" : ` (${type})`}${words === "" ? "" : `: "${words}"`}`
}

function judge(response: HttpResponse): Problem | undefined {
  const { status } = response
  const location = response.headers["location"]?.[0]
  const type = response.headers["content-type"]?.[0] ?? ""
  const answered = summarize(response)
  if (status === 401 || status === 403) {
    const hint = "The credentials were refused: check --token, --token-env or --header."
    return { code: "ENV_CREDENTIALS", answered, hint }
  }
  if (status >= 300 && status < 400) {
    const hint = "A redirect is usually a sign-in page or a missing part of the path: give the URL that answers itself."
    return { code: "ENV_NOT_SCIM", answered: `${status}, a redirect to ${location ?? "nowhere"}`, hint }
  }
  // A server error may well come as a page: that is an endpoint with a bug, and its cases say so.
  if (status >= 500) return undefined
  if (/\bhtml\b/i.test(type) || /^\s*<(?:!doctype|html)/i.test(response.body ?? "")) {
    const hint = "That is a page for people, not SCIM: check the path of the URL (often it ends in /scim/v2)."
    return { code: "ENV_NOT_SCIM", answered, hint }
  }
  return undefined
}
