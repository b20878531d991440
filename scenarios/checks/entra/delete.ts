import { check } from "../../define.ts"
import { deleteAt, expectGone } from "./resources.ts"
import { expectCount, search } from "./searching.ts"

export const deleteUser = check({
  id: "entra-delete-user",
  title: "A user who is deleted is gone, and the name is free again",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: delete user", level: "entra" },
  facts: ["WIRE-077", "WIRE-182", "WIRE-205", "RFC7644-3.6-04"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra deletes for good 30 days after the person was deleted in the directory. Whoever is still found then is linked again; a name that stays taken locks out whoever gets it next.",
  fix: "Remove the user, answer 204, 404 from then on, and let the name be used again.",
  defects: ["deleted-user-readable", "deleted-user-listed", "deleted-name-reserved"],
  async run({ scim, people, expect, step }) {
    const userName = people.userName()
    const { id } = await scim.givenUser({ userName })
    step("delete")
    if (!(await deleteAt({ scim, expect }, `/Users/${id}`))) return
    expectGone(expect, await scim.get(`/Users/${id}`))
    const found = await search({ scim, expect }, "/Users", `userName eq "${userName}"`)
    expectCount(expect, found, 0, { more: "deleted-still-there" })
    step("delete again")
    expect(await scim.delete(`/Users/${id}`)).toHaveStatus([404, 204], { code: "unknown-id" })
    step("create again")
    const again = await scim.post("/Users", people.minimalUser({ userName }))
    // Keeping a name for ever is a choice that the RFC advises against, no more.
    expect(again).toHaveStatus([200, 201], { code: "deleted-name-reserved", severity: "warning" })
  },
})
