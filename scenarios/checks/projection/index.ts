import type { Check } from "../../define.ts"
import { attributes, subAttributes } from "./attributes.ts"
import { excludedAttributes, excludedMembers } from "./excluded-attributes.ts"

/** Checks of projection, in the order of reports: the basic ones first. */
export const projectionChecks: readonly Check[] = [attributes, subAttributes, excludedAttributes, excludedMembers]
