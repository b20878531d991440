/** What tests of the parts of checks need: answers made by hand, and an `expect` whose findings can be looked at. */
import type { Finding } from "../../../reports/index.ts"
import { createExpect } from "../../create-expect.ts"
import type { Expect } from "../../expect.ts"
import type { Answer, JsonObject } from "../context.ts"

/** An answer with a JSON body. */
export function answerWith(status: number, object: JsonObject = {}): Answer {
  return { status, header: () => undefined, text: JSON.stringify(object), json: object, object, exchange: "a-case#1" }
}

/** The `expect` of a case at level entra, and the list that its findings go to. */
export function recordingExpect(): { readonly expect: Expect; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const expect = createExpect(
    {
      id: "a-case",
      title: "A case",
      requirement: { source: "entra", ref: "Microsoft Entra ID", level: "entra" },
      confidence: "documented",
      fix: "Fix it.",
    },
    (finding) => void findings.push(finding),
  )
  return { expect, findings }
}
