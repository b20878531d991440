import type { Check } from "../../define.ts"
import { search } from "./search.ts"

/** Checks of search, in the order of reports: the basic ones first. */
export const searchChecks: readonly Check[] = [search]
