/** The words that all renderers share: names, counts and durations in plain English. */
import type { CaseStatus, Client, Requirement, Verdict } from "./model.ts"

export const CLIENT_NAMES: Readonly<Record<Client, string>> = {
  entra: "Microsoft Entra ID",
  "entra-optscim": "Microsoft Entra ID with aadOptscim062020",
  rfc: "clients that follow RFC 7643 and 7644",
}

export const OUTCOME_WORDS: Readonly<Record<Verdict["outcome"], string>> = {
  ready: "Ready",
  "ready-with-warnings": "Ready with warnings",
  "not-ready": "Not ready",
  unknown: "Unknown",
}

export const LEVEL_WORDS: Readonly<Record<Requirement["level"], string>> = {
  must: "MUST",
  should: "SHOULD",
  may: "MAY",
  entra: "ENTRA",
}

/** In the order in which reports show them: what needs attention first. */
export const STATUSES: readonly CaseStatus[] = ["failed", "errored", "warned", "skipped", "passed"]

/** "1 case", "3 cases", "1,204 requests". */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : nouns}`
}

/** 1204 → "1,204". */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",")
}

const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
]

/** Milliseconds as a reader says them, in at most two units: "4 ms", "3.2 s", "40 min", "2 d 3 h". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${trimZero((ms / 1000).toFixed(1))} s`
  const parts: string[] = []
  let rest = Math.round(ms / 60_000) * 60_000
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${grouped(count)} ${unit}`)
  }
  return parts.slice(0, 2).join(" ")
}

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text
}

/** "2026-11-21T10:16:00.000Z" → "2026-11-21 10:16:00 UTC"; other text stays as it is. */
export function dateTime(rfc3339: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(rfc3339)
  return match ? `${match[1]} ${match[2]} UTC` : rfc3339
}

/** A message made ready to stand inside a longer sentence: on one line and without its full stop. */
export function clause(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/\.$/, "")
}
