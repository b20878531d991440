import { check } from "../../define.ts"

export const idOfAnotherType = check({
  id: "rfc7644-3.4.1-id-of-another-type",
  title: "A user's id is not found among the groups, nor used for one",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.1", level: "must" },
  facts: ["RFC7644-3.4.1-04", "RFC7643-3.1-03"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Members and managers are given by id alone: an id that means two resources links the wrong one.",
  fix: "Give ids that are unique over all resource types, and look them up within the type of the endpoint.",
  defects: ["ids-found-at-any-endpoint"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    const answer = await scim.get(`/Groups/${id}`)
    expect(answer).toHaveStatus(404, { code: answer.status === 200 ? "id-not-unique" : "unknown-id" })
  },
})
