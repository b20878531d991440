/** What an operation makes of one attribute's value (facts: "PATCH: what each operation does"). */
import { isJsonArray, isJsonObject } from "../../json.ts"
import type { JsonObject, JsonValue } from "../../json.ts"
import {
  isEmptied,
  mergeElements,
  readAttribute,
  readList,
  readParts,
  unwrapComplex,
  withoutListed,
} from "../attribute-value.ts"
import type { ReadingRules } from "../attribute-value.ts"
import type { AttributeShape } from "../shape.ts"
import { wrongValue } from "../simple-value.ts"
import { addedPart, changeElements, withPart } from "./change-elements.ts"
import type { Change } from "./state.ts"
import type { PatchTarget } from "./target.ts"

type AttributeTarget = Extract<PatchTarget, { kind: "attribute" }>

/**
 * The attribute's value afterwards, undefined where it is unassigned.
 *
 * @throws ScimError 400 invalidValue, noTarget
 */
export function changeValue(
  target: AttributeTarget,
  before: JsonValue | undefined,
  change: Change,
  rules: ReadingRules,
): JsonValue | undefined {
  const { attribute, sub, selected } = target
  if (attribute.definition.multiValued) {
    const elements = isJsonArray(before) ? before : []
    const isWhole = sub === undefined && selected === undefined
    const after = isWhole
      ? changeList(attribute, elements, change, rules)
      : changeElements(target, elements, change, rules)
    return after.length === 0 ? undefined : after
  }
  if (attribute.definition.type !== "complex") return changeSimple(attribute, before, change, rules)
  return changeComplex(attribute, sub, isJsonObject(before) ? before : {}, change, rules)
}

/** Adding null adds nothing; replacing with null unassigns (P-replace-singular-07, contested). */
function changeSimple(
  attribute: AttributeShape,
  before: JsonValue | undefined,
  { op, value }: Change,
  rules: ReadingRules,
): JsonValue | undefined {
  if (op === "remove") return undefined
  return op === "add" && value === null ? before : readAttribute(attribute, value ?? null, rules)
}

/** Sub-attributes that are not given stay, for add as for replace (P-add-complex-02, contested). */
function changeComplex(
  attribute: AttributeShape,
  sub: AttributeShape | undefined,
  before: JsonObject,
  { op, value }: Change,
  rules: ReadingRules,
): JsonValue | undefined {
  if (op === "remove") return sub === undefined ? undefined : withPart(attribute, before, sub, undefined)
  if (value === null && sub === undefined) return op === "add" ? before : undefined
  if (value === null && op === "add") return before
  const given =
    sub === undefined ? unwrapComplex(attribute, value ?? null, rules.tolerances) : { [sub.name]: value ?? null }
  if (!isJsonObject(given)) throw wrongValue(attribute, given, "an object")
  const parts = readParts(attribute, given, rules)
  if (isEmptied(attribute, parts, rules.tolerances)) return undefined
  let after: JsonObject | undefined = before
  for (const [part, given] of parts) {
    const partValue = op === "add" ? addedPart(part, before[part.name], given, rules) : given
    after = withPart(attribute, after ?? {}, part, partValue)
  }
  return after === undefined || Object.keys(after).length === 0 ? undefined : after
}

function changeList(
  attribute: AttributeShape,
  before: readonly JsonValue[],
  { op, value }: Change,
  rules: ReadingRules,
): readonly JsonValue[] {
  if (op === "remove" && value === undefined) return []
  const given = readList(attribute, value ?? null, rules) ?? []
  if (op === "remove") return withoutListed(attribute, before, given)
  return op === "add" ? mergeElements(attribute, before, given, rules) : given
}
