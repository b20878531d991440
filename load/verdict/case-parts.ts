/** What the cases of a load have in common. */
import { type CaseResult, type Finding, grouped, type Requirement, statusOf } from "../../reports/index.ts"

export interface CaseFrame {
  readonly profile: string
  readonly dialect: "entra" | "entra-optscim"
  readonly startedAt: string
  readonly durationMs: number
  /** The command that repeats the load. */
  readonly repeat: string
}

export interface CaseDraft {
  /** Behind `load-<profile>-`. */
  readonly id: string
  /** As a true statement of a good endpoint. */
  readonly title: string
  readonly requirement: Requirement
  readonly facts: readonly string[]
  readonly findings: readonly Finding[]
  /** Why it says nothing. */
  readonly skipReason?: string
}

/** What Microsoft asks of endpoints, and what our own reading of it is. */
export const RATE_REQUIREMENT: Requirement = {
  source: "entra",
  ref: "SCIM gallery requirements: 25 requests a second per tenant",
  level: "entra",
}
export const ANSWER_REQUIREMENT: Requirement = {
  source: "entra",
  ref: "Provisioning under load: every answer is right",
  level: "entra",
}
export const KEPT_REQUIREMENT: Requirement = {
  source: "entra",
  ref: "Provisioning under load: what was accepted is kept",
  level: "entra",
}

export function toCase(draft: CaseDraft, frame: CaseFrame): CaseResult {
  const { profile, dialect, startedAt, durationMs, repeat } = frame
  const id = `load-${profile}-${draft.id}`
  const { title, requirement, facts, findings, skipReason } = draft
  return {
    key: `${id}@${dialect}`,
    id,
    kind: "load",
    suite: "load",
    title,
    dialect,
    clients: [dialect],
    status: skipReason === undefined ? statusOf(findings, requirement) : "skipped",
    requirement,
    facts: [...facts],
    durationMs,
    steps: [{ title: profile, at: startedAt }],
    repeat,
    findings: [...findings],
    ...(skipReason !== undefined && { skipReason }),
  }
}

/** `0.4 ms`, `12 ms`, `1,204 ms`. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : grouped(Math.round(value))} ms`
}

/** `3.2 %` */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`
}
