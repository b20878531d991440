/** The BulkRequest message (RFC 7644 §3.7): its operations, as far as the job depends on their form. */
import { BULK_REQUEST_URN } from "../../../protocol/index.ts"
import { isJsonArray, isJsonObject, textsIn } from "../../json.ts"
import type { JsonObject, JsonValue } from "../../json.ts"
import { badRequest, ScimError } from "../../scim-error.ts"

export interface BulkRequest {
  /** After how many failed operations the job stops; Infinity where the client set no limit. */
  readonly failOnErrors: number
  readonly operations: readonly BulkOperation[]
}

/** One operation, not yet checked: what is wrong with it is its own failure, not the job's. */
export interface BulkOperation {
  readonly method: string
  readonly path: string
  readonly bulkId?: string
  /** Entity tag that the resource has to have. */
  readonly version?: string
  readonly data: JsonValue
}

/**
 * Reads a job.
 *
 * @throws ScimError 400 invalidSyntax where it is no BulkRequest, invalidValue where two operations have one bulkId
 * (RFC7644-3.7-08); 413 where there are too many operations (RFC7644-3.7.4-01).
 */
export function readBulkRequest(body: JsonValue, maxOperations: number): BulkRequest {
  if (!isJsonObject(body)) throw badRequest("invalidSyntax", "The body must be a JSON object.")
  if (!textsIn(body["schemas"]).some((urn) => urn.toLowerCase() === BULK_REQUEST_URN.toLowerCase())) {
    throw badRequest("invalidSyntax", `schemas must contain ${BULK_REQUEST_URN}.`)
  }
  const given = body["Operations"]
  if (!isJsonArray(given)) throw badRequest("invalidSyntax", "Operations must be a list.")
  if (given.length > maxOperations) {
    throw new ScimError(413, `A job may have ${maxOperations} operations at most (maxOperations).`)
  }
  const operations = given.map(readOperation)
  assertDistinct(operations.flatMap(({ bulkId }) => (bulkId === undefined ? [] : [bulkId])))
  return { failOnErrors: readFailOnErrors(body["failOnErrors"] ?? null), operations }
}

function readOperation(operation: JsonValue): BulkOperation {
  if (!isJsonObject(operation)) throw badRequest("invalidSyntax", "An operation must be an object.")
  const bulkId = textIn(operation, "bulkId")
  const version = textIn(operation, "version")
  return {
    method: textIn(operation, "method") ?? "",
    path: textIn(operation, "path") ?? "",
    ...(bulkId !== undefined && { bulkId }),
    ...(version !== undefined && { version }),
    data: operation["data"] ?? null,
  }
}

function readFailOnErrors(value: JsonValue): number {
  if (value === null) return Infinity
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value
  throw badRequest("invalidValue", "failOnErrors must be a positive integer.")
}

function assertDistinct(bulkIds: readonly string[]): void {
  const twice = bulkIds.find((bulkId, index) => bulkIds.indexOf(bulkId) !== index)
  if (twice !== undefined) throw badRequest("invalidValue", `The bulkId ${twice} is given to two operations.`)
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name] ?? undefined
  if (value === undefined || typeof value === "string") return value
  throw badRequest("invalidSyntax", `${name} of an operation must be a string.`)
}
