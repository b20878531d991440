/**
 * How a case is written: data first, code last. A check sends raw requests and reads the answers itself; a scenario tells a
 * story over virtual time and is judged by two oracles. `expect` records findings and goes on; an exception is our own fault
 * and makes the case errored, never failed.
 */
import type { Client, Confidence, Dialect, Requirement } from "../reports/index.ts"
import type { GivenSettings } from "../simulator/index.ts"
import type { CheckContext } from "./checks/context.ts"
import type { ScenarioContext } from "./scenario-context.ts"

/** What a case must find before it can run; otherwise it is skipped with the reason. */
export type Need =
  | "users" // /Users takes POST, GET, DELETE
  | "groups" // /Groups does
  | "filter" // ServiceProviderConfig does not deny filters
  | "patch" // … nor PATCH
  | "sort" // advertised
  | "etag" // advertised
  | "change-password" // advertised
  | "enterprise-user" // the enterprise extension is offered (or discovery is silent)
  | "token-control" // we can expire and renew the target's token, or a fault stands in for it
  | "credentials" // requests carry an Authorization header, so that refusing a wrong one can be tried

export type Suite = "basic" | "rfc" | "entra" | "lifecycle"

interface CaseData {
  /** Stable for ever, never by position. */
  readonly id: string
  /** The requirement as a statement that is true of a good endpoint. */
  readonly title: string
  readonly suite: Suite
  readonly requirement: Requirement
  /** What it proves, by fact id. */
  readonly facts: readonly string[]
  readonly needs: readonly Need[]
  /** Whose verdict it affects. */
  readonly clients: readonly Client[]
  /** Confidence of the facts an Entra case rests on: only documented or twice observed facts may fail an endpoint. */
  readonly confidence: Confidence
  /** What Entra does when this is wrong, or why the requirement matters: for `explain` and the report. */
  readonly why: string
  /** How to fix it, in one or two sentences: the advice of findings that bring none of their own. */
  readonly fix: string
  /** Names of defects of the embedded target that trip this case; at least one. */
  readonly defects: readonly string[]
  /** A listed tolerance of the embedded target would hide a fault: the case meets it in compat "rfc" unless the user chose. */
  readonly strict?: boolean
}

/** One requirement, a short exchange. */
export interface Check extends CaseData {
  readonly kind: "check"
  /** Run once per dialect named here (key `id@dialect`); absent: once. */
  readonly dialects?: readonly Dialect[]
  run(context: CheckContext): Promise<void>
}

/** A story over virtual time. */
export interface Scenario extends CaseData {
  readonly kind: "scenario"
  readonly dialects: readonly Dialect[]
  /** Codes of the answer oracle that the story brings about on purpose ("conflict-after-empty-search"). */
  readonly allows?: readonly string[]
  /** Settings of the job that differ from the defaults. */
  readonly settings?: GivenSettings
  run(context: ScenarioContext): Promise<void>
}

export type Case = Check | Scenario

/** Declares a check. */
export function check(definition: Omit<Check, "kind">): Check {
  return { kind: "check", ...definition }
}

/** Declares a scenario. */
export function scenario(definition: Omit<Scenario, "kind">): Scenario {
  return { kind: "scenario", ...definition }
}
