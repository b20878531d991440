import type { Check } from "../../define.ts"
import { errorMessage } from "./error-message.ts"
import { malformedJson } from "./malformed-json.ts"
import { unknownEndpoint } from "./unknown-endpoint.ts"

/** Checks of errors, in the order of reports: the basic ones first. */
export const errorsChecks: readonly Check[] = [errorMessage, malformedJson, unknownEndpoint]
