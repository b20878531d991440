/** What keeps its first value (RFC 7643 §7, mutability "immutable"): attributes, and parts of complex ones. */
import { isJsonArray, isJsonObject, sameJson } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import { identityOf } from "./attribute-value.ts"
import type { AttributeShape } from "./shape.ts"

/**
 * @throws ScimError 400 mutability where `after` is no value that `before` may become (RFC7644-3.5.1-04, -3.5.2-12). An
 * element of a list is the same as before where its value and type are; as a whole it may go.
 */
export function assertMayChange(
  attribute: AttributeShape,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): void {
  if (before === undefined || before === after) return
  if (attribute.definition.mutability === "immutable" && !sameJson(before, after)) throw fixed(attribute)
  if (attribute.immutableSubs.length === 0 || attribute.source === "members") return
  if (!attribute.definition.multiValued) {
    if (isJsonObject(before) && isJsonObject(after)) assertSameParts(attribute, before, after)
    return
  }
  const held = new Map(objectsIn(before).map((element) => [identityOf(attribute, element), element]))
  for (const element of objectsIn(after)) {
    const same = held.get(identityOf(attribute, element))
    if (same !== undefined) assertSameParts(attribute, same, element)
  }
}

/** @throws ScimError 400 mutability where the part has another value already */
export function assertPartMayChange(part: AttributeShape, element: JsonObject, after: JsonValue | undefined): void {
  const held = element[part.name]
  if (part.definition.mutability === "immutable" && held !== undefined && !sameJson(held, after)) throw fixed(part)
}

function assertSameParts(attribute: AttributeShape, before: JsonObject, after: JsonObject): void {
  for (const part of attribute.immutableSubs) assertPartMayChange(part, before, after[part.name])
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((element) => isJsonObject(element)) : []
}

function fixed({ label }: AttributeShape): Error {
  return badRequest("mutability", `${label} cannot change once it has a value.`)
}
