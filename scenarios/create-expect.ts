/** `expect`, as cases call it: what does not hold is recorded, and the case goes on. */
import type { Finding } from "../reports/index.ts"
import { createAnswerMatchers } from "./answer-matchers.ts"
import type { Answer } from "./checks/context.ts"
import type { Expect, FindingDraft } from "./expect.ts"
import { toFinding, type FindingDefaults } from "./findings.ts"

/** The `expect` of one case. `record` takes each finding as it is made. */
export function createExpect(defaults: FindingDefaults, record: (finding: Finding) => void): Expect {
  function fail(draft: FindingDraft): void {
    record(toFinding(draft, defaults))
  }

  return Object.assign((answer: Answer) => createAnswerMatchers(answer, defaults, fail), {
    fail,
    note: (draft: FindingDraft) => record(toFinding(draft, defaults, true)),
    that(condition: boolean, draft: FindingDraft): boolean {
      if (!condition) fail(draft)
      return condition
    },
  })
}
