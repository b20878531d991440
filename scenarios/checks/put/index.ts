import type { Check } from "../../define.ts"
import { putNeverCreates, putNeedsUserName } from "./refusals.ts"
import { putReplaces, putKeepsIdentity } from "./replace.ts"

/** Checks of put, in the order of reports: the basic ones first. */
export const putChecks: readonly Check[] = [putNeverCreates, putNeedsUserName, putReplaces, putKeepsIdentity]
