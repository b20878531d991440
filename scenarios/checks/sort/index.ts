import type { Check } from "../../define.ts"
import { sortOrder, sortMissing } from "./order.ts"

/** Checks of sort, in the order of reports: the basic ones first. */
export const sortChecks: readonly Check[] = [sortOrder, sortMissing]
