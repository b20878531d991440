/**
 * An answer, read as Entra's connector reads it: what it says about the object, or the error code under which the log files it.
 * Pure; statuses that any legal endpoint may choose from are all taken (WIRE-205, documented).
 */
import type { Purpose } from "./compose.ts"
import type { JsonObject } from "./dialect.ts"
import { ERROR_CODES, incompatible, parseJson, type ProvisioningError, type Reply, replyError } from "./errors.ts"
import { isObject } from "./resource-read.ts"
import { shapeProblem } from "./resource-shape.ts"

/** A resource of the target, with the id by which it is linked. */
export interface TargetResource {
  readonly id: string
  readonly attributes: JsonObject
}

interface Failed {
  readonly kind: "failed"
  readonly error: ProvisioningError
}

export type SearchOutcome = { readonly kind: "found"; readonly resources: readonly TargetResource[] } | Failed
export type ReadOutcome =
  | { readonly kind: "found"; readonly resource: TargetResource }
  | { readonly kind: "gone" }
  | Failed
export type CreateOutcome = { readonly kind: "created"; readonly resource: TargetResource } | Failed
export type WriteOutcome = { readonly kind: "done" } | Failed

const NOTHING_FOUND: SearchOutcome = { kind: "found", resources: [] }

/** The last answer that was found to be an empty list: an endpoint words it alike for every probe, and for everybody who is new. */
let lastEmptyList: string | null = null

/** The answer to a look-up. Any number of hits is an answer; a 404 or a bare resource is not (WIRE-074, WIRE-203). */
export function interpretSearch(reply: Reply): SearchOutcome {
  if (reply.kind === "unanswered" || reply.response.status !== 200) return failed(reply, "search")
  const { body } = reply.response
  if (body !== null && body === lastEmptyList) return NOTHING_FOUND
  const message = parseJson(body)
  if (!isObject(message) || typeof message["totalResults"] !== "number") {
    return { kind: "failed", error: incompatible(reply.response, "a search must be answered with a ListResponse") }
  }
  const listed = message["Resources"] ?? []
  if (!Array.isArray(listed)) {
    return { kind: "failed", error: incompatible(reply.response, "Resources must be an array") }
  }
  const resources: TargetResource[] = []
  for (const entry of listed) {
    const resource = toResource(entry)
    if (typeof resource === "string") return { kind: "failed", error: incompatible(reply.response, resource) }
    resources.push(resource)
  }
  if (resources.length === 0 && message["totalResults"] > 0) {
    return {
      kind: "failed",
      error: incompatible(reply.response, "totalResults counts resources that are not in the answer"),
    }
  }
  if (resources.length > 0) return { kind: "found", resources }
  lastEmptyList = body
  return NOTHING_FOUND
}

/** The answer to a read by id. */
export function interpretRead(reply: Reply): ReadOutcome {
  if (reply.kind === "answered" && reply.response.status === 404) return { kind: "gone" }
  if (reply.kind === "unanswered" || reply.response.status !== 200) return failed(reply, "read")
  const message = parseJson(reply.response.body)
  if (isObject(message) && "Resources" in message) {
    return { kind: "failed", error: severalEntries(reply.response.status) }
  }
  const resource = toResource(message)
  if (typeof resource === "string") return { kind: "failed", error: incompatible(reply.response, resource) }
  return { kind: "found", resource }
}

/** The answer to a create: without an id the object cannot be linked (WIRE-202, documented). */
export function interpretCreate(reply: Reply): CreateOutcome {
  if (!isSuccess(reply)) return failed(reply, "create")
  const resource = toResource(parseJson(reply.response.body))
  if (typeof resource === "string") return { kind: "failed", error: incompatible(reply.response, resource) }
  return { kind: "created", resource }
}

/** The answer to a PATCH: any success will do, with or without the resource (WIRE-101, documented). */
export function interpretUpdate(reply: Reply): WriteOutcome {
  return isSuccess(reply) ? done(reply) : failed(reply, "update")
}

/** The answer to a DELETE: what is gone already is deleted (WIRE-182, ENG-MATCH-10). */
export function interpretDelete(reply: Reply): WriteOutcome {
  if (reply.kind === "answered" && reply.response.status === 404) return { kind: "done" }
  return isSuccess(reply) ? done(reply) : failed(reply, "delete")
}

/** A body that is no JSON is somebody else's, such as the page of a proxy: nothing shows that the write was done (ENG-ERR, inferred). */
function done({ response }: Extract<Reply, { kind: "answered" }>): WriteOutcome {
  const isUsable = response.body === null || response.body === "" || parseJson(response.body) !== undefined
  if (isUsable) return { kind: "done" }
  return { kind: "failed", error: incompatible(response, "a write must be answered with JSON, or without a body") }
}

/** What the probe found out about the whole job (WIRE-057, -061). */
export type ProbeOutcome = { readonly kind: "ready" } | FailedProbe

/** Why the job can't run. */
export interface FailedProbe {
  /** `refused`: the credentials; `unavailable`: nobody there, or nothing at that path; `incompatible`: not SCIM as Entra needs it. */
  readonly kind: "refused" | "unavailable" | "incompatible"
  readonly error: ProvisioningError
}

/**
 * The answer to the query for a random GUID: 200 with an empty list, or the job can't run. At the start there is no object that
 * a 403 could be about, so it stops the job as a 401 does (RES-09 is about later answers).
 */
export function interpretProbe(reply: Reply): ProbeOutcome {
  const search = interpretSearch(reply)
  if (search.kind === "failed") {
    const status = search.error.httpStatus
    const isRefused = status === 401 || status === 403
    const kind = isRefused ? "refused" : status === null || status === 404 ? "unavailable" : "incompatible"
    return { kind, error: search.error }
  }
  if (search.resources.length === 0 || reply.kind === "unanswered") return { kind: "ready" }
  const problem = "a search for a value that nobody has was answered with a resource, so the filter is ignored"
  const error = { ...incompatible(reply.response, problem), code: ERROR_CODES.serviceIncompatibleFiltering }
  return { kind: "incompatible", error }
}

function isSuccess(reply: Reply): reply is Extract<Reply, { kind: "answered" }> {
  return reply.kind === "answered" && reply.response.status >= 200 && reply.response.status < 300
}

function failed(reply: Reply, purpose: Purpose): Failed {
  return { kind: "failed", error: replyError(reply, purpose) }
}

/** WIRE-080: an answer with an attribute of a wrong type is rejected as a whole. Returns the problem as a sentence. */
function toResource(value: unknown): TargetResource | string {
  if (!isObject(value)) return "the answer holds no resource"
  const id = value["id"]
  if (typeof id !== "string" || id === "") return "the resource has no id"
  return shapeProblem(value) ?? { id, attributes: value }
}

function severalEntries(httpStatus: number): ProvisioningError {
  return {
    code: ERROR_CODES.multipleEntriesInResponse,
    reason: "A read of one object was answered with a list.",
    category: "nonServiceFailure",
    httpStatus,
  }
}
