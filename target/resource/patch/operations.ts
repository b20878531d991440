/** The PATCH message (RFC 7644 §3.5.2): its operations, checked for form. */
import { PATCH_OP_URN } from "../../../protocol/index.ts"
import { isJsonArray, isJsonObject, textsIn } from "../../json.ts"
import type { JsonObject, JsonValue } from "../../json.ts"
import { badRequest, ScimError } from "../../scim-error.ts"
import type { Tolerances } from "../../tolerances.ts"
import type { ResourceContext } from "../context.ts"

export type OperationName = "add" | "remove" | "replace"

export interface Operation {
  readonly op: OperationName
  readonly path?: string
  readonly value?: JsonValue
}

/**
 * The operations of a PATCH message, in order.
 *
 * @throws ScimError 400 invalidSyntax where the message or an operation has not the form (vectors P-structure-01 to -06),
 * invalidPath where a path is no text; 413 where there are too many.
 */
export function readOperations(
  body: JsonValue,
  { tolerances, limits: { maxPatchOperations } }: Pick<ResourceContext, "tolerances" | "limits">,
): readonly Operation[] {
  if (!isJsonObject(body)) throw badRequest("invalidSyntax", "The body must be a JSON object.")
  const schemas = memberOf(body, "schemas")
  if (!textsIn(schemas).some((urn) => urn.toLowerCase() === PATCH_OP_URN.toLowerCase())) {
    throw badRequest("invalidSyntax", `schemas must contain ${PATCH_OP_URN}.`)
  }
  const operations = memberOf(body, "operations")
  if (!isJsonArray(operations) || operations.length === 0) {
    throw badRequest("invalidSyntax", "Operations must be a list of at least one operation.")
  }
  // Before each is looked at, and again with what it names: both may be too many.
  assertCount(operations.length, maxPatchOperations)
  const read = operations.map((operation) => readOperation(operation, tolerances))
  assertCount(
    read.reduce((sum, operation) => sum + targetCount(operation), 0),
    maxPatchOperations,
  )
  return read
}

function assertCount(count: number, most: number): void {
  if (count > most) throw new ScimError(413, `A PATCH may have ${most} operations at most, or as many attributes.`)
}

/** An operation without a path has as many targets as its value names. */
function targetCount({ path, value }: Operation): number {
  return path === undefined && isJsonObject(value) ? Math.max(1, Object.keys(value).length) : 1
}

function readOperation(operation: JsonValue, tolerances: Tolerances): Operation {
  if (!isJsonObject(operation)) throw badRequest("invalidSyntax", "An operation must be an object.")
  const path = memberOf(operation, "path")
  const value = memberOf(operation, "value")
  if (path !== undefined && typeof path !== "string") throw badRequest("invalidPath", "path must be a string.")
  return {
    op: readName(memberOf(operation, "op"), tolerances),
    ...(path !== undefined && { path }),
    ...(value !== undefined && { value }),
  }
}

function readName(op: JsonValue | undefined, { operationsInAnyCase }: Tolerances): OperationName {
  const name = typeof op === "string" && operationsInAnyCase ? op.toLowerCase() : op
  if (name === "add" || name === "remove" || name === "replace") return name
  throw badRequest("invalidSyntax", 'op must be "add", "remove" or "replace".')
}

/** A member by its name in any case (RFC7643-2.1-03). */
function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  const written = Object.keys(object).find((name) => name.length === key.length && name.toLowerCase() === key)
  return written === undefined ? undefined : object[written]
}
