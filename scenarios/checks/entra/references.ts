import { ENTERPRISE_USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import type { Expect } from "../../expect.ts"
import type { Answer } from "../context.ts"
import { givenGroupOf } from "./given-group.ts"
import { expectCount, search } from "./searching.ts"

/** Whatever comes of such a search, it warns. */
function expectFound(expect: Expect, found: Answer, count: number): void {
  const code = "reference-check"
  const severity = "warning"
  if (found.status === 400 || found.status === 501) expect(found).toHaveStatus(200, { code, severity })
  else expectCount(expect, found, count, { fewer: code, more: code, severity })
}

export const managerCheck = check({
  id: "entra-manager-reference-check",
  title: "A search by id and manager tells whether somebody has that manager",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: reference attributes", level: "entra" },
  facts: ["WIRE-135", "WIRE-054"],
  needs: ["users", "filter", "patch", "enterprise-user"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Microsoft documented for years that Entra asks like this before it writes a manager. Recent captures do not show it: an endpoint without it warns.",
  fix: "Let manager be searched for by the manager's id, joined by and with id, in either order.",
  defects: ["reference-check-refused"],
  async run({ scim, expect, skip }) {
    const { id: manager } = await scim.givenUser()
    const { id } = await scim.givenUser()
    const path = `${ENTERPRISE_USER_URN}:manager`
    await scim.patchOps(`/Users/${id}`, [{ op: "add", path, value: { value: manager } }])
    const read = await scim.get(`/Users/${id}`)
    if (!read.text.includes(manager)) skip("the endpoint did not take a manager")
    for (const filter of [`id eq "${id}" and manager eq "${manager}"`, `manager eq "${manager}" and id eq "${id}"`]) {
      expectFound(expect, await search({ scim, expect }, "/Users", filter, { attributes: "id" }), 1)
    }
    const other = `id eq "${manager}" and manager eq "${id}"`
    expectFound(expect, await search({ scim, expect }, "/Users", other, { attributes: "id" }), 0)
  },
})

export const memberCheck = check({
  id: "entra-member-reference-check",
  title: "A search by id and members tells whether somebody is in that group",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: reference attributes", level: "entra" },
  facts: ["WIRE-176", "WIRE-054"],
  needs: ["users", "groups", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  why: "Vendors document these searches of Entra's, recent captures do not show them: an endpoint without them warns.",
  fix: "Let members be searched for by the member's id, joined by and with id.",
  defects: ["reference-check-refused"],
  async run({ scim, expect, skip }) {
    const { id: member } = await scim.givenUser()
    const { id: other } = await scim.givenUser()
    const { id } = await givenGroupOf({ scim, skip }, [member])
    for (const [sought, count] of [
      [member, 1],
      [other, 0],
    ] as const) {
      const filter = `id eq "${id}" and members eq "${sought}"`
      expectFound(expect, await search({ scim, expect }, "/Groups", filter, { attributes: "id" }), count)
    }
  },
})
