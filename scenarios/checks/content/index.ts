import type { Check } from "../../define.ts"
import { charset } from "./charset.ts"
import { mediaType } from "./media-type.ts"
import { plainJson } from "./plain-json.ts"

/** Checks of content, in the order of reports: the basic ones first. */
export const contentChecks: readonly Check[] = [charset, mediaType, plainJson]
