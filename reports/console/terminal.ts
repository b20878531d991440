/** What the console renderer knows of the terminal it writes for. */
import type { CaseStatus, Verdict } from "../model.ts"
import type { Style } from "../style.ts"

interface Symbols {
  readonly statuses: Readonly<Record<CaseStatus, string>>
  readonly outcomes: Readonly<Record<Verdict["outcome"], string>>
  readonly note: string
}

export interface Terminal {
  readonly width: number
  readonly paint: Style
  readonly symbols: Symbols
}

export const UNICODE: Symbols = {
  statuses: { passed: "✓", failed: "✗", warned: "!", skipped: "–", errored: "‼" },
  outcomes: { ready: "✓", "ready-with-warnings": "!", "not-ready": "✗", unknown: "?" },
  note: "·",
}

export const ASCII: Symbols = {
  statuses: { passed: "+", failed: "x", warned: "!", skipped: "-", errored: "#" },
  outcomes: { ready: "+", "ready-with-warnings": "!", "not-ready": "x", unknown: "?" },
  note: "*",
}
