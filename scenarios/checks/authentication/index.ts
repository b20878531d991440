import type { Check } from "../../define.ts"
import { missingToken } from "./missing-token.ts"
import { wrongToken } from "./wrong-token.ts"

/** Checks of authentication, in the order of reports: the basic ones first. */
export const authenticationChecks: readonly Check[] = [wrongToken, missingToken]
