/** Words that only the page uses. */
import type { CaseStatus, Client, Verdict } from "../model.ts"
import type { IconName } from "./icons.ts"

export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  failed: "Failed",
  errored: "Errored",
  warned: "Warned",
  skipped: "Skipped",
  passed: "Passed",
}

export const CLIENT_TITLES: Readonly<Record<Client, string>> = {
  entra: "Entra ID",
  "entra-optscim": "Entra ID, aadOptscim062020",
  rfc: "SCIM by the RFC",
}

export const OUTCOME_ICONS: Readonly<Record<Verdict["outcome"], IconName>> = {
  ready: "passed",
  "ready-with-warnings": "warned",
  "not-ready": "failed",
  unknown: "unknown",
}

/** "media-type" → "Media type". */
export function headingOf(name: string): string {
  const text = name.replaceAll("-", " ")
  return text.charAt(0).toUpperCase() + text.slice(1)
}
