/** What a case meets: one endpoint for its lifetime, and a hold on the tokens of its provisioning job. */
import type { VirtualClock } from "../simulator/index.ts"
import type { Route } from "./recording.ts"

/** The tokens that a provisioning job uses, apart from those of the case itself, which stay valid. */
export interface TokenDesk {
  /** Valid from the beginning. */
  readonly first: string
  /** The endpoint refuses the tokens that it has accepted so far. */
  expire(): void
  /** The endpoint accepts again what `expire` made it refuse. */
  renew(): void
  /** A new token; those given out before are refused from now on. */
  rotate(): string
  /** Whether a token is valid at this moment. */
  accepts(token: string): boolean
  /** The way of the job's requests, where tokens are looked at. */
  readonly route: Route
  /** True where the endpoint itself refuses; otherwise a fault stands in for it. */
  readonly isReal: boolean
}

export interface Endpoint {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** Time as the case's tenant and, if it is embedded, the endpoint see it. */
  readonly clock: VirtualClock
  readonly route: Route
  /** The credentials of the case's own requests; lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Texts that no record may hold. */
  readonly secrets: readonly string[]
  readonly tokens: TokenDesk
  /** Errors inside the endpoint that are ours, not its: those of the embedded target. Read when the case has ended. */
  readonly ownErrors: readonly unknown[]
  close(): void
}

export interface EndpointRequest {
  /** Key of the case. */
  readonly key: string
  /** The case wants a target without tolerances, if the target is ours. */
  readonly strict: boolean
  /** The case moves the clock itself; otherwise every request takes a moment of it. */
  readonly movesTime: boolean
}

/** An endpoint for each case of a run. */
export interface Session {
  readonly kind: "embedded" | "external" | "in-process"
  /** For the report. */
  readonly url: string
  /** Cases share the endpoint, and what they leave there stays. */
  readonly isShared: boolean
  /** Its requests carry an Authorization header: an API key in a header of its own cannot be told from the other headers. */
  readonly hasCredentials: boolean
  open(request: EndpointRequest): Endpoint
  close(): Promise<void>
}

/** When virtual time begins, 2026-01-05T08:00:00Z, a Monday morning. Fixed, so that runs repeat to the byte. */
export const VIRTUAL_START_MS = 1_767_600_000_000
