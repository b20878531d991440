import { check } from "../../define.ts"
import { givenGroupWith } from "../kept.ts"
import { textIn } from "../members.ts"

export const deleteUser = check({
  id: "rfc7644-3.6-delete-user",
  title: "A user who was deleted is gone: 404, and in no search",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.6", level: "must" },
  facts: ["RFC7644-3.6-01", "RFC7644-3.6-02", "RFC7644-3.6-03", "WIRE-182"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra links a returning person to what the search finds. A deleted account that is still found is never created anew, and can never be used.",
  fix: "Remove the user, or hide one that you only mark as deleted from reads and searches alike.",
  defects: ["deleted-user-readable", "deleted-user-listed", "delete-without-effect"],
  async run({ scim, expect, step }) {
    const { id, sent } = await scim.givenUser()
    step("delete the user")
    const deleted = await scim.delete(`/Users/${id}`)
    if (!expect(deleted).toHaveStatus([200, 202, 204])) return

    step("look for the user")
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveStatus(404, { code: read.status === 200 ? "deleted-still-there" : "unknown-id" })
    const found = await scim.find("/Users", `userName eq "${textIn(sent, "userName")}"`)
    const { totalResults } = found.object
    if (typeof totalResults === "number") expect(found).toBeListOf(0, { code: "deleted-still-there" })
  },
})

export const deleteAnswer = check({
  id: "rfc7644-3.6-delete-answer",
  title: "A delete is answered with 204 and no body",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.6", level: "must" },
  facts: ["RFC7644-3.6-01", "RFC9110-15.3.5-01", "WIRE-205"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that expect nothing may read the body as the next answer on the connection, or report the delete as failed.",
  fix: "Answer 204 without a body.",
  defects: ["delete-answers-200"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    const deleted = await scim.delete(`/Users/${id}`)
    expect(deleted).toHaveStatus(204, { code: "delete-status" })
  },
})

export const deleteTwice = check({
  id: "rfc7644-3.6-delete-twice",
  title: "A delete of somebody who is not there is answered with 404",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.6", level: "must" },
  facts: ["RFC7644-3.6-06", "RFC7644-3.6-02", "WIRE-182"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that mistakes an id hears that it deleted somebody. A server error makes it try again for ever.",
  fix: "Answer 404 where there was nothing to delete.",
  defects: ["delete-unknown-accepted", "delete-unknown-500"],
  async run({ scim, people, expect }) {
    const { id } = await scim.givenUser()
    await scim.delete(`/Users/${id}`)
    expect(await scim.delete(`/Users/${id}`)).toHaveStatus(404, { code: "unknown-id" })
    expect(await scim.delete(`/Users/${people.guid()}`)).toHaveStatus(404, { code: "unknown-id" })
  },
})

export const deletedName = check({
  id: "rfc7644-3.6-deleted-name-free",
  title: "The userName of a deleted user can be given again",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.6", level: "should" },
  facts: ["RFC7644-3.6-04"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "A person who comes back after a hard delete is neither found nor can be created: a conflict with nobody, in every cycle.",
  fix: "Leave users that are only marked as deleted out of the uniqueness check, or rename them.",
  defects: ["deleted-name-reserved"],
  async run({ scim, expect }) {
    const { id, sent } = await scim.givenUser()
    await scim.delete(`/Users/${id}`)
    const again = await scim.post("/Users", sent)
    expect(again).toHaveStatus([200, 201], { code: "deleted-name-reserved" })
  },
})

export const deletedMember = check({
  id: "rfc7644-3.6-deleted-member-leaves",
  title: "A deleted user leaves the groups",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.6", level: "should" },
  facts: ["RFC7644-3.6-05"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Members that lead nowhere break whoever follows them, and give their rights to whoever gets the id next.",
  fix: "Delete the memberships together with the user.",
  defects: ["deleted-member-stays"],
  async run(context) {
    const { scim, expect } = context
    const { id } = await scim.givenUser()
    const { id: group } = await givenGroupWith(context, [id])
    await scim.delete(`/Users/${id}`)
    const read = await scim.get(`/Groups/${group}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    expect(read).toHaveNoValue("members", { code: "deleted-member-stays" })
  },
})
