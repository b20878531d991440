/** What a check is given. Requests are sent as written and answers are read raw: no client stands between. */
import type { Dialect } from "../../reports/index.ts"
import type { Expect } from "../expect.ts"

/** JSON that came over the wire: look before you leap. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }
export type JsonObject = { readonly [name: string]: Json | undefined }

/** One answer, as it came. */
export interface Answer {
  readonly status: number
  /** First value of a header; name in any case. */
  header(name: string): string | undefined
  /** The raw body; empty where there was none. */
  readonly text: string
  /** The parsed body, or undefined where it is not JSON. */
  readonly json: Json | undefined
  /** The parsed body if it is an object, else an empty object: for reading members without ceremony. */
  readonly object: JsonObject
  /** Names the exchange in findings. */
  readonly exchange: string
  /** What was asked: findings name it. */
  readonly request?: { readonly method: string; readonly url: string }
}

export interface RequestOptions {
  /** Extra or overriding headers; a null value removes one that would be sent. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** Query parameters. */
  readonly query?: Readonly<Record<string, string>>
  /** By default as the requirement's own source does it: "plus" for Entra's, "percent" for the others. */
  readonly encoding?: QueryEncoding
}

/** A space in a query: `+` as Entra sends it (WIRE-047, observed), or `%20` as RFC 3986 §2.1 does. */
export type QueryEncoding = "plus" | "percent"

/**
 * Raw requests to the endpoint. Paths are relative to the base URL ("/Users/abc"). A body that is a string goes out as it
 * is; anything else as JSON with Content-Type application/scim+json. Every resource that a POST created is remembered and
 * removed when the case ends, newest first. A transport failure ends the case as failed ("no answer").
 */
export interface ScimClient {
  get(path: string, options?: RequestOptions): Promise<Answer>
  post(path: string, body: unknown, options?: RequestOptions): Promise<Answer>
  put(path: string, body: unknown, options?: RequestOptions): Promise<Answer>
  patch(path: string, body: unknown, options?: RequestOptions): Promise<Answer>
  delete(path: string, options?: RequestOptions): Promise<Answer>
  request(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>
  /** GET /Users or /Groups with a filter. */
  find(endpoint: "/Users" | "/Groups", filter: string, options?: RequestOptions): Promise<Answer>
  /** PATCH with a PatchOp message around the operations, sent as they stand. */
  patchOps(path: string, operations: readonly unknown[], options?: RequestOptions): Promise<Answer>
  /** POSTs a minimal user (merged with `attributes`) and gives its id; skips the case with the reason if it is refused. */
  givenUser(attributes?: JsonObject): Promise<CreatedResource>
  /** POSTs a minimal group (merged with `attributes`) and gives its id; skips the case with the reason if it is refused. */
  givenGroup(attributes?: JsonObject): Promise<CreatedResource>
}

export interface CreatedResource {
  readonly id: string
  /** What was sent. */
  readonly sent: JsonObject
  /** What came back. */
  readonly answer: Answer
}

/** Invents people and groups whose names carry the run's id, the same ones for the same seed and case. */
export interface People {
  /** A name nobody else in the run has: `word-<runId>-<case>-<n>`. */
  unique(word: string): string
  /** A userName nobody else has. */
  userName(): string
  /** schemas and userName only. */
  minimalUser(attributes?: JsonObject): JsonObject
  /** The user Entra's default mapping would send: both schemas, every mapped attribute (WIRE-082, MAP-601). */
  entraUser(attributes?: JsonObject): JsonObject
  minimalGroup(attributes?: JsonObject): JsonObject
  /** A GUID. */
  guid(): string
}

/** What discovery said about the endpoint; null where it was silent or unreadable. */
export interface Capabilities {
  readonly patch: boolean | null
  readonly bulk: boolean | null
  readonly filter: boolean | null
  readonly changePassword: boolean | null
  readonly sort: boolean | null
  readonly etag: boolean | null
  readonly groups: boolean | null
  readonly enterpriseUser: boolean | null
}

export interface CheckContext {
  readonly scim: ScimClient
  readonly people: People
  readonly expect: Expect
  /** Set for checks that run once per dialect. */
  readonly dialect: Dialect
  readonly capabilities: Capabilities
  /** Absolute base URL of the endpoint. */
  readonly baseUrl: string
  /** Names the next part of the case in the report. */
  readonly step: (title: string) => void
  /** Ends the case as skipped. */
  readonly skip: (reason: string) => never
}
