/** The shape of `expect`: matchers record a finding and go on; they never throw. */
import type { Confidence } from "../reports/index.ts"
import type { Answer, Json } from "./checks/context.ts"

/** What a matcher may say better than its default. */
export interface Hint {
  /** The kind of fault: equal codes in several cases are one cause ("filter-ignored", "media-type"). */
  readonly code?: string
  readonly message?: string
  readonly advice?: string
  readonly confidence?: Confidence
  readonly fact?: string
  /** Overrides what the case's requirement level implies. */
  readonly severity?: "failure" | "warning" | "note"
}

/** A finding in the words of the case. Advice and confidence default to those of the case. */
export interface FindingDraft extends Hint {
  readonly code: string
  readonly message: string
  readonly expected: string
  readonly actual: string
  readonly exchanges?: readonly string[]
  /** One sentence for verdicts and causes, where the message is about one request only. */
  readonly headline?: string
}

/** Each returns whether it held, so that a case can stop asking where nothing more can be learnt. */
export interface AnswerMatchers {
  /** One of the legal status codes. */
  toHaveStatus(status: number | readonly number[], hint?: Hint): boolean
  /** A header with this value, or any value. */
  toHaveHeader(name: string, value?: string | RegExp, hint?: Hint): boolean
  /** Media type application/scim+json (parameters allowed). */
  toBeScim(hint?: Hint): boolean
  /** A SCIM error message: schemas, status as a string equal to the HTTP status, scimType one of those given (if any are). */
  toBeScimError(status: number | readonly number[], scimType?: string | readonly string[], hint?: Hint): boolean
  /** A ListResponse with totalResults, and Resources of that length (in one page). */
  toBeListOf(count: number, hint?: Hint): boolean
  /** The value at a SCIM path of the body ("name.givenName", `emails[type eq "work"].value`, "urn:…:User:department") deeply equals. */
  toHaveValue(path: string, value: Json, hint?: Hint): boolean
  /** Absent, null, empty text, empty array and empty object count as no value. */
  toHaveNoValue(path: string, hint?: Hint): boolean
}

export interface Expect {
  (answer: Answer): AnswerMatchers
  /** Records the finding unless the condition holds. */
  readonly that: (condition: boolean, finding: FindingDraft) => boolean
  /** Records a finding. */
  readonly fail: (finding: FindingDraft) => void
  /** Records something worth knowing that changes no verdict. */
  readonly note: (finding: FindingDraft) => void
}
