/**
 * How a request reaches a target: plain data in, plain data out. A transport may be a socket, a fetch handler in the same
 * process, or either with faults in front; callers cannot tell. Both halves of the project meet only here.
 */

/** One HTTP request. Header names are lower case. */
export interface HttpRequest {
  readonly method: string
  /** Absolute URL, already percent-encoded. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Raw text, or null for no body. */
  readonly body: string | null
}

/** One HTTP answer. Header names are lower case and map to the list of their values, in order. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** Raw text, or null where the answer had no body. */
  readonly body: string | null
}

/** Sends one request. Rejects with {@link TransportError} when no complete answer came. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** Why no answer came. */
export type TransportFailure =
  | "refused" // nobody listens there, or the name does not resolve
  | "timeout" // no complete answer within the limit
  | "reset" // the connection broke before the answer was complete
  | "tls" // the certificate or the handshake was not acceptable
  | "protocol" // what came was not HTTP
  | "forbidden" // we declined to connect: the address is not loopback and writes were not allowed

/** No complete answer came. The message is one sentence a user can read; `cause` keeps the original. */
export class TransportError extends Error {
  override readonly name = "TransportError"
  readonly failure: TransportFailure

  constructor(failure: TransportFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}

/** The first value of a header, or undefined. `name` in lower case. */
export function headerOf(response: HttpResponse, name: string): string | undefined {
  return response.headers[name]?.[0]
}
