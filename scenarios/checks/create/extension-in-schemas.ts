import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { isArray } from "../../path-value.ts"

export const extensionInSchemas = check({
  id: "rfc7643-3-extension-in-schemas",
  title: "schemas lists every extension whose attributes a resource holds",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §3", level: "must" },
  facts: ["RFC7643-3-01", "RFC7643-3.3-01"],
  needs: ["users", "enterprise-user"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that parse by schema skip what schemas does not announce.",
  fix: "Add the URN of an extension to schemas wherever its attributes are returned.",
  defects: ["extension-not-in-schemas"],
  async run({ scim, people, expect, skip }) {
    const { id } = await scim.givenUser({
      schemas: [USER_URN, ENTERPRISE_USER_URN],
      [ENTERPRISE_USER_URN]: { department: people.unique("department") },
    })
    const read = await scim.get(`/Users/${id}`)
    if (read.object[ENTERPRISE_USER_URN] === undefined) return skip("the endpoint returned no extension attributes")
    const { schemas } = read.object
    expect.that(isArray(schemas) && schemas.includes(ENTERPRISE_USER_URN), {
      code: "extension-not-in-schemas",
      message: "schemas does not list the extension whose attributes are there",
      expected: `schemas with ${ENTERPRISE_USER_URN}`,
      actual: `schemas = ${JSON.stringify(schemas)}`,
      exchanges: [read.exchange],
    })
  },
})
