import type { Check } from "../../define.ts"
import { version, notModified, staleWrite } from "./versions.ts"

/** Checks of etag, in the order of reports: the basic ones first. */
export const etagChecks: readonly Check[] = [version, notModified, staleWrite]
