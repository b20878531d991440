/** Which endpoint a run is about. */

export interface Credentials {
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string
  /** Sent besides, or instead: an API key of the endpoint's own. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The reference target in this process: every case opens its own, empty one, so that cases never meet. */
export interface EmbeddedSource {
  readonly kind: "embedded"
  /** Chosen by the user; otherwise "entra", and "rfc" for the RFC cases that a tolerance would blind. */
  readonly compat?: "entra" | "rfc"
  /** Names of defects to switch on. */
  readonly defects?: readonly string[]
}

/** A server reached over the network. All cases share it. */
export interface ExternalSource {
  readonly kind: "external"
  /** Base URL: what `/Users` is appended to. */
  readonly url: string
  readonly credentials: Credentials
  readonly timeoutMs?: number
  /** PEM text of a certificate authority to trust besides the well-known ones. */
  readonly ca?: string
  /** Accepts any certificate. */
  readonly insecure?: boolean
  /** Lets the run reach addresses other than loopback. */
  readonly allowWrites?: boolean
  /** At most so many requests a second. */
  readonly requestsPerSecond?: number
}

/** A fetch handler of the caller's. All cases share it. */
export interface InProcessSource {
  readonly kind: "in-process"
  readonly handler: (request: Request) => Response | Promise<Response>
  /** What the handler takes for its base URL. Default `http://localhost/scim/v2`. */
  readonly url?: string
  readonly credentials: Credentials
  readonly timeoutMs?: number
}

export type TargetSource = EmbeddedSource | ExternalSource | InProcessSource

export const IN_PROCESS_URL = "http://localhost/scim/v2"
/** What an endpoint has to answer in (okta-developer-docs#4449 gives 60 s; a test that waits as long for each answer helps nobody). */
export const TIMEOUT_MS = 30_000
