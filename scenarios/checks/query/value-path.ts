import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const valuePath = check({
  id: "rfc7644-3.4.2.2-value-path",
  title: "All conditions in brackets must hold for one and the same element",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-13"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A search for somebody's work address finds whoever has it at home: the wrong account is linked.",
  fix: "Evaluate the bracketed filter element by element.",
  defects: ["value-path-over-all-elements"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const work = people.userName()
    const home = people.userName()
    const emails = [
      { type: "work", value: work },
      { type: "home", value: home },
    ]
    await givenUserKeeping(context, { emails })
    const right = await scim.find("/Users", `emails[type eq "work" and value eq "${work}"]`)
    // Bracketed filters are optional, and an endpoint without them says so.
    if (right.status === 400 || right.status === 501) {
      expect.note({
        code: "value-path-refused",
        message: "Filters with brackets are refused",
        expected: "a search, if bracketed filters are supported",
        actual: `status ${right.status}`,
        exchanges: [right.exchange],
      })
      return
    }
    expect(right).toBeListOf(1)
    const wrong = await scim.find("/Users", `emails[type eq "work" and value eq "${home}"]`)
    expect(wrong).toBeListOf(0, { code: "value-path-over-all-elements" })
  },
})
