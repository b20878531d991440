import { check } from "../../define.ts"
import { textIn } from "../members.ts"

export const nullValues = check({
  id: "rfc7643-2.5-null-values",
  title: "null and an empty list mean: no value",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §2.5", level: "must" },
  facts: ["RFC7643-2.5-01", "RFC7643-2.5-02", "RFC7644-3.3-03"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients write null for what a person does not have. A server that refuses it rejects the person, one that stores it returns nulls that break parsers.",
  fix: "Treat null, and [] for lists, as an attribute that was not sent, and leave both out of answers.",
  defects: ["null-refused", "null-stored-as-text"],
  async run({ scim, people, expect }) {
    const created = await scim.post("/Users", people.minimalUser({ nickName: null, name: null, emails: [] }))
    if (!expect(created).toHaveStatus([200, 201], { code: "null-refused" })) return
    const read = await scim.get(`/Users/${textIn(created.object, "id")}`)
    for (const path of ["nickName", "emails"]) expect(read).toHaveNoValue(path, { code: "null-kept" })
  },
})
