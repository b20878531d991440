/** Why no answer came, from what the socket layer reports: one kind and one readable sentence. */
import { type HttpRequest, TransportError, type TransportFailure } from "../../protocol/index.ts"

/** Error codes of node:net, node:dns, node:tls and undici, by the kind of failure. Those of TLS are recognised by form. */
const FAILURES: ReadonlyMap<string, TransportFailure> = new Map<string, TransportFailure>([
  ["ECONNREFUSED", "refused"],
  ["ENOTFOUND", "refused"],
  ["EAI_AGAIN", "refused"],
  ["EHOSTUNREACH", "refused"],
  ["ENETUNREACH", "refused"],
  ["EADDRNOTAVAIL", "refused"],
  ["ETIMEDOUT", "timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
  ["ECONNRESET", "reset"],
  ["EPIPE", "reset"],
  ["UND_ERR_SOCKET", "reset"],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "reset"],
  ["UND_ERR_HEADERS_OVERFLOW", "protocol"],
  ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "protocol"],
  ["EPROTO", "tls"],
])

const TLS_CODE = /^ERR_(?:SSL|TLS|OSSL)_|CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/

/** Node gives a broken handshake the code of any other broken connection. */
const BROKEN_HANDSHAKE = /before secure TLS connection was established/

const SENTENCES: Readonly<Record<Exclude<TransportFailure, "forbidden" | "timeout">, string>> = {
  refused: "Nobody could be reached",
  reset: "The connection broke before the answer was complete",
  tls: "The TLS connection could not be made",
  protocol: "What came back was not a usable HTTP answer",
}

/** How messages name a request: no query and no credentials, since either may hold what is nobody's business. */
export function nameRequest(request: Pick<HttpRequest, "method" | "url">): string {
  const { origin, pathname } = new URL(request.url)
  return `${request.method} ${origin}${pathname}`
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown }
  return typeof code === "string" ? code : ""
}

function failureOf(error: Error): TransportFailure | undefined {
  const code = codeOf(error)
  if (error.name === "TimeoutError") return "timeout"
  if (BROKEN_HANDSHAKE.test(error.message) || TLS_CODE.test(code)) return "tls"
  return error.name === "HTTPParserError" ? "protocol" : FAILURES.get(code)
}

/** The error itself, then what lies behind it: a cause, or the attempts at each address of a host. */
function* causesOf(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return
  yield error
  yield* causesOf(error.cause)
  if (error instanceof AggregateError) for (const attempt of error.errors) yield* causesOf(attempt)
}

/** The limit was reached: one sentence for every transport that has one. */
export function timeoutError(request: HttpRequest, timeoutMs: number, options?: ErrorOptions): TransportError {
  const limit = `${timeoutMs / 1000} s`
  return new TransportError("timeout", `No complete answer came within ${limit}: ${nameRequest(request)}.`, options)
}

/**
 * The failure of a request as a {@link TransportError}. One that is a TransportError already, at any depth, stays what it is; an
 * error that is none of the network's is given back as it came, since it is ours.
 */
export function toTransportError(error: unknown, request: HttpRequest, timeoutMs: number): unknown {
  for (const cause of causesOf(error)) {
    if (cause instanceof TransportError) return cause
    const failure = failureOf(cause)
    if (failure === undefined || failure === "forbidden") continue
    if (failure === "timeout") return timeoutError(request, timeoutMs, { cause: error })
    const message = `${SENTENCES[failure]}: ${nameRequest(request)} (${detailOf(cause)}).`
    return new TransportError(failure, message, { cause: error })
  }
  return error
}

function detailOf(error: Error): string {
  const code = codeOf(error)
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG") {
    return "the server speaks no TLS on that port; try http://"
  }
  const message = error.message.split("\n", 1)[0]?.replace(/\.$/, "") ?? ""
  return message.includes(code) || code === "" ? message : `${message}, ${code}`
}
