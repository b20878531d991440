import type { Check } from "../../define.ts"
import { countZero } from "./count-zero.ts"
import { startBelowOne, beyondTheEnd } from "./edges.ts"
import { pages } from "./pages.ts"
import { total } from "./total.ts"

/** Checks of pagination, in the order of reports: the basic ones first. */
export const paginationChecks: readonly Check[] = [countZero, startBelowOne, beyondTheEnd, pages, total]
