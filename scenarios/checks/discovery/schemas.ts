import { SCHEMA_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { isArray, isObject, readPath } from "../../path-value.ts"

export const schemas = check({
  id: "rfc7644-4-schemas",
  title: "/Schemas lists the User schema and serves it by its URN",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §4", level: "must" },
  facts: ["RFC7644-4-02", "RFC7644-4-03", "RFC7643-7-01", "RFC7643-7-02", "WIRE-066", "WIRE-067"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "Attribute mappings are built from these schemas; an app whose schemas cannot be read is not listed in Entra's gallery (WIRE-067).",
  fix: "Serve GET /Schemas as a ListResponse of Schema resources, and each of them by its URN.",
  defects: ["schemas-as-array", "schema-by-urn-missing"],
  async run({ scim, expect }) {
    const list = await scim.get("/Schemas")
    if (!expect(list).toHaveStatus(200)) return
    const resources = readPath(list.json, "Resources")
    const listed = isArray(resources) && resources.some((schema) => isObject(schema) && schema["id"] === USER_URN)
    expect.that(listed, {
      code: "schemas-form",
      message: "/Schemas is no ListResponse with the User schema",
      expected: `Resources with id ${USER_URN}`,
      actual: list.text.slice(0, 120),
      exchanges: [list.exchange],
    })
    const one = await scim.get(`/Schemas/${USER_URN}`)
    if (!expect(one).toHaveStatus(200, { code: "schema-by-urn" })) return
    expect(one).toHaveValue("id", USER_URN, { code: "schema-by-urn" })
    expect(one).toHaveValue("schemas", [SCHEMA_URN], { code: "schema-by-urn", severity: "warning" })
  },
})
