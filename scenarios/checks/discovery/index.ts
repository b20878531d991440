import type { Check } from "../../define.ts"
import { discoveryFilter } from "./filter.ts"
import { parameters } from "./parameters.ts"
import { resourceTypes } from "./resource-types.ts"
import { schemaKeywords } from "./schema-keywords.ts"
import { schemas } from "./schemas.ts"
import { serviceProviderConfig } from "./service-provider-config.ts"
import { truth } from "./truth.ts"
import { unknownSchema } from "./unknown-schema.ts"

/** Checks of discovery, in the order of reports: the basic ones first. */
export const discoveryChecks: readonly Check[] = [
  discoveryFilter,
  parameters,
  resourceTypes,
  schemaKeywords,
  schemas,
  serviceProviderConfig,
  truth,
  unknownSchema,
]
