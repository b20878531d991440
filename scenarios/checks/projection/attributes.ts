import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"

export const attributes = check({
  id: "rfc7644-3.9-attributes",
  title: "attributes= gives what it names, and id and schemas always",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.9", level: "must" },
  facts: ["RFC7644-3.9-01", "RFC7644-3.4.2.5-01", "RFC7643-7-12", "RFC7644-3.9-06", "WIRE-054"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that need a list of names get every attribute of everybody; and without the id they cannot use what they get.",
  fix: "Return the named attributes and those that are returned always (id), and nothing else.",
  defects: ["attributes-ignored", "attributes-without-id"],
  async run(context) {
    const { scim, expect } = context
    const { id, sent } = await givenUserKeeping(context, { displayName: "Ada", title: "Grower" })
    const read = await scim.get(`/Users/${id}`, { query: { attributes: "userName,displayName" } })
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    expect(read).toHaveValue("id", id, { code: "attributes-without-id" })
    expect(read).toHaveValue("userName", sent["userName"] ?? null)
    expect(read).toHaveNoValue("title", { code: "attributes-ignored" })
  },
})

export const subAttributes = check({
  id: "rfc7644-3.9-sub-attributes",
  title: "attributes= can name one part of a complex attribute",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.9", level: "must" },
  facts: ["RFC7644-3.4.2.5-03", "RFC7644-3.9-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that asks for name.givenName and gets no name shows people without one.",
  fix: "Understand a dot in the names of attributes and excludedAttributes.",
  defects: ["sub-attributes-not-understood"],
  async run(context) {
    const { scim, expect } = context
    const name = { givenName: "Ada", familyName: "Lovelace" }
    const { id } = await givenUserKeeping(context, { name })
    const read = await scim.get(`/Users/${id}`, { query: { attributes: "name.givenName" } })
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    const code = "sub-attributes-not-understood"
    expect(read).toHaveValue("name.givenName", "Ada", { code })
    expect(read).toHaveNoValue("name.familyName", { code })
  },
})
