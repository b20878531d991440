import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"
import { givenUserKeeping } from "../kept.ts"
import { without } from "../members.ts"

export const putReplaces = check({
  id: "rfc7644-3.5.1-put-replaces",
  title: "PUT replaces the values it names, lists as a whole, and answers with the new user",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.1", level: "must" },
  facts: ["RFC7644-3.5-01", "RFC7644-3.5.1-01", "RFC7644-3.5.1-08", "RFC7644-3.5.1-02"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients like Okta change people by PUT: what is not replaced stays wrong for good. Entra does not use it (WIRE-237).",
  fix: "Store the body of a PUT in place of what was there, and answer 200 with the result.",
  defects: ["put-without-effect", "put-refused", "put-merges-lists"],
  async run(context) {
    const { scim, people, expect, step } = context
    const old = [{ type: "home", value: people.userName() }]
    const { id, sent } = await givenUserKeeping(context, { displayName: "Before", title: "Grower", emails: old })
    step("replace it")
    const kept = without(sent, "title")
    const address = people.userName()
    const emails = [{ type: "work", value: address }]
    const put = await scim.put(`/Users/${id}`, { ...kept, id, displayName: "After", emails })
    if (!expect(put).toHaveStatus(200, { code: "put-status" })) return

    step("read it")
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveValue("displayName", "After", { code: "put-without-effect" })
    expect(read).toHaveValue("emails.value", [address], { code: "put-merges-lists" })
    // What the body leaves out may be cleared, defaulted or kept (C-46).
  },
})

export const putKeepsIdentity = check({
  id: "rfc7644-3.5.1-put-keeps-identity",
  title: "PUT keeps id and meta.created, whatever the body says",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.1", level: "must" },
  facts: ["RFC7644-3.5.1-06", "RFC7643-3.1-04", "RFC7643-3.1-14"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A PUT implemented as delete and create makes another user: group memberships and every link by id are lost.",
  fix: "Update in place, and ignore id and meta in the body.",
  defects: ["put-renews-created"],
  async run({ scim, expect }) {
    const { id, sent } = await scim.givenUser()
    const before = await scim.get(`/Users/${id}`)
    const meta = { created: "2001-02-03T04:05:06Z" }
    const put = await scim.put(`/Users/${id}`, { ...sent, displayName: "After", meta })
    if (!expect(put).toHaveStatus(200, { code: "put-status" })) return
    const after = await scim.get(`/Users/${id}`)
    expect(after).toHaveValue("id", id, { code: "put-changes-identity" })
    const created = readPath(before.json, "meta.created") ?? null
    if (created !== null) expect(after).toHaveValue("meta.created", created, { code: "put-changes-identity" })
  },
})
