/**
 * The error codes of the provisioning log and how an answer becomes one (ENG-ERR, WIRE-222, RES-10, RES-13). The codes are
 * Microsoft's; the mapping from HTTP status is partly inferred.
 */
import { ERROR_URN, type HttpResponse, type TransportError } from "../../protocol/index.ts"
import type { Purpose } from "./compose.ts"
import { isObject } from "./resource-read.ts"

const PREFIX = "SystemForCrossDomainIdentityManagement"

export const ERROR_CODES = {
  badRequest: `${PREFIX}BadRequest`,
  serviceIncompatible: `${PREFIX}ServiceIncompatible`,
  serviceIncompatibleFiltering: `${PREFIX}ServiceIncompatibleFiltering`,
  multipleEntriesInResponse: `${PREFIX}MultipleEntriesInResponse`,
  credentialValidationFailure: `${PREFIX}CredentialValidationFailure`,
  credentialValidationUnavailable: `${PREFIX}CredentialValidationUnavailable`,
  invalidCredentials: `${PREFIX}InvalidCredentials`,
  unauthorized: "Unauthorized",
  methodNotAllowed: "MethodNotAllowed",
  entryConflict: "EntryConflict",
  unprocessableEntity: "UnprocessableEntity",
  tooManyRequests: "TooManyRequests",
  internalServerError: "InternalServerError",
  notImplemented: "NotImplemented",
  timeout: "Timeout",
  webExceptionProtocolError: "WebExceptionProtocolError",
  invalidAnchor: "InvalidAnchor",
  duplicateTargetEntries: "DuplicateTargetEntries",
  duplicateSourceEntries: "DuplicateSourceEntries",
  schemaPropertyCanOnlyAcceptValue: "SchemaPropertyCanOnlyAcceptValue",
  unresolvedReference: "UnableToResolveReferenceAttributeValue",
  internalError: "InternalError",
} as const

/** Why one object could not be provisioned, in the words of the log (ENG-LOG-03). */
export interface ProvisioningError {
  readonly code: string
  /** One sentence; holds what the target answered, never a credential. */
  readonly reason: string
  /** `nonServiceFailure` where the target refused, `failure` where it or the way to it broke. */
  readonly category: "failure" | "nonServiceFailure"
  /** Null where no answer came. */
  readonly httpStatus: number | null
}

/** The target has said no. No answer, a broken one or a fault of the server leave it open whether the request was carried out. */
export function isRefusal({ httpStatus }: ProvisioningError): boolean {
  return httpStatus !== null && httpStatus >= 300 && httpStatus < 500
}

/** How a request ended: with an answer, or without one. */
export type Reply =
  | { readonly kind: "answered"; readonly response: HttpResponse }
  | { readonly kind: "unanswered"; readonly error: TransportError }

const STATUS_CODES: Readonly<Record<number, string>> = {
  401: ERROR_CODES.unauthorized,
  403: ERROR_CODES.unauthorized,
  405: ERROR_CODES.methodNotAllowed,
  409: ERROR_CODES.entryConflict,
  422: ERROR_CODES.unprocessableEntity,
  429: ERROR_CODES.tooManyRequests,
  501: ERROR_CODES.notImplemented,
}

/** The error of a request that was answered with something else than success, or not at all. */
export function replyError(reply: Reply, purpose: Purpose): ProvisioningError {
  return reply.kind === "answered" ? statusError(reply.response, purpose) : transportError(reply.error)
}

/** A success whose body can't be used (ENG-ERR, inferred). */
export function incompatible(response: HttpResponse, problem: string): ProvisioningError {
  return {
    code: ERROR_CODES.serviceIncompatible,
    reason: `The SCIM endpoint is not fully compatible: ${problem} (HTTP ${response.status}).`,
    category: "nonServiceFailure",
    httpStatus: response.status,
  }
}

function statusError(response: HttpResponse, purpose: Purpose): ProvisioningError {
  const detail = scimDetail(response.body)
  return {
    code: statusCode(response.status, purpose, detail !== null),
    reason: `The target answered HTTP ${response.status}${detail === null || detail === "" ? "" : `: ${detail}`}.`,
    category: response.status >= 500 ? "failure" : "nonServiceFailure",
    httpStatus: response.status,
  }
}

/** RES-13: a 400 is BadRequest when the answer is a SCIM error, else the endpoint is incompatible; on a filter it is the filter. */
function statusCode(status: number, purpose: Purpose, isScimError: boolean): string {
  if (status === 400 && (purpose === "search" || purpose === "probe")) return ERROR_CODES.serviceIncompatibleFiltering
  if (status === 400) return isScimError ? ERROR_CODES.badRequest : ERROR_CODES.serviceIncompatible
  if (status === 404 && purpose === "update") return ERROR_CODES.invalidAnchor
  return STATUS_CODES[status] ?? (status >= 500 ? ERROR_CODES.internalServerError : ERROR_CODES.serviceIncompatible)
}

function transportError(error: TransportError): ProvisioningError {
  // Not the target's doing: we declined to connect. Whoever runs the job must hear of it.
  if (error.failure === "forbidden") throw error
  return {
    code: error.failure === "timeout" ? ERROR_CODES.timeout : ERROR_CODES.webExceptionProtocolError,
    reason: error.message,
    category: "failure",
    httpStatus: null,
  }
}

/** The `detail` of a SCIM error message ("" where it has none), or null where the body is not one. */
function scimDetail(body: string | null): string | null {
  const message = parseJson(body)
  if (!isObject(message)) return null
  const schemas = message["schemas"]
  if (!Array.isArray(schemas) || !schemas.includes(ERROR_URN)) return null
  return typeof message["detail"] === "string" ? message["detail"] : ""
}

/** The body as JSON; undefined where there is none or it is not JSON. */
export function parseJson(body: string | null): unknown {
  if (body === null || body === "") return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
