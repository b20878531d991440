import { expect, it } from "vitest"
import { recommendedAction } from "./advice.ts"

const FALLBACK = recommendedAction("a code that nobody has published")

it.each([
  "InvalidAnchor",
  "MandatoryFieldsMissing",
  "MissingValues",
  "SchemaAttributeNotFound",
  "InternalError",
  "InvalidDomain",
  "LicenseLimitExceeded",
  "DuplicateTargetEntries",
  "DuplicateSourceEntries",
  "ImportSkipped",
  "EntrySynchronizationSkipped",
  "SchemaPropertyCanOnlyAcceptValue",
])("WIRE-223 %s has advice of its own, also where only other connectors give it", (code) => {
  expect(recommendedAction(code)).not.toBe(FALLBACK)
})
