import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"

export const extension = check({
  id: "rfc7643-3.3-extension",
  title: "Extension attributes are returned under the extension's URN",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §3.3", level: "must" },
  facts: ["RFC7643-3-07", "RFC7643-3.3-02", "WIRE-090"],
  needs: ["users", "enterprise-user"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra sends department and manager under the enterprise URN and looks for them there; elsewhere they count as missing and are sent again.",
  fix: "Return extension attributes in an object named by the extension's URN.",
  defects: ["extension-flattened", "extension-dropped"],
  async run({ scim, people, expect }) {
    const department = people.unique("department")
    const schemas = [USER_URN, ENTERPRISE_USER_URN]
    const { id } = await scim.givenUser({ schemas, [ENTERPRISE_USER_URN]: { department } })
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    const isDropped = !read.text.includes(department)
    expect(read).toHaveValue(
      `${ENTERPRISE_USER_URN}:department`,
      department,
      isDropped
        ? {
            code: "attribute-dropped",
            severity: "warning",
            advice: "Store the department, or have people remove it from their attribute mappings.",
          }
        : { code: "extension-misplaced" },
    )
  },
})
