import type { Check } from "../../define.ts"
import { idOfAnotherType } from "./id-of-another-type.ts"
import { oddId, unknownId } from "./unknown-id.ts"

/** Checks of retrieve, in the order of reports: the basic ones first. */
export const retrieveChecks: readonly Check[] = [unknownId, oddId, idOfAnotherType]
