import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"

export const qualifiedNames = check({
  id: "rfc7644-3.4.2.2-qualified-names",
  title: "Attributes in filters may be written with their schema's URN",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.10", level: "must" },
  facts: ["RFC7644-3.4.2.2-23", "RFC7644-3.10-01"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that build filters from /Schemas qualify every name.",
  fix: "Take a schema URN and a colon in front of an attribute name for a part of the name.",
  defects: ["qualified-names-refused"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const found = await scim.find("/Users", `${USER_URN}:userName eq "${userName}"`)
    expect(found).toBeListOf(1, { code: "qualified-names" })
  },
})

export const extensionAttributes = check({
  id: "rfc7644-3.4.2.2-extension-attributes",
  title: "Filters work on attributes of an extension",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.10", level: "must" },
  facts: ["RFC7644-3.4.2.2-23", "RFC7644-3.10-01", "WIRE-045"],
  needs: ["users", "filter", "enterprise-user"],
  clients: ["rfc"],
  confidence: "documented",
  why: "People are often matched by their employee number, which is an attribute of the enterprise extension.",
  fix: "Evaluate filters on extension attributes as on any other, by their name with the extension's URN.",
  defects: ["extension-not-searchable"],
  async run({ scim, people, expect, skip }) {
    const employeeNumber = people.unique("number")
    const schemas = [USER_URN, ENTERPRISE_USER_URN]
    const { id } = await scim.givenUser({ schemas, [ENTERPRISE_USER_URN]: { employeeNumber } })
    const read = await scim.get(`/Users/${id}`)
    if (!read.text.includes(employeeNumber)) return skip("the endpoint does not keep employeeNumber")
    const found = await scim.find("/Users", `${ENTERPRISE_USER_URN}:employeeNumber eq "${employeeNumber}"`)
    expect(found).toBeListOf(1, { code: "extension-not-searchable" })
  },
})
