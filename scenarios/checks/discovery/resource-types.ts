import { check } from "../../define.ts"
import { isArray, isObject, readPath } from "../../path-value.ts"
import { textIn } from "../members.ts"

export const resourceTypes = check({
  id: "rfc7644-4-resource-types",
  title: "/ResourceTypes lists the User type with its endpoint and schema, and serves it by name",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §4", level: "must" },
  facts: ["RFC7644-4-04", "RFC7643-6-01", "RFC7643-6-02", "RFC7643-6-03", "WIRE-067"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients learn here which endpoints there are, and by which schema to read them.",
  fix: "Serve GET /ResourceTypes as a ListResponse of types with name, endpoint and schema, and each type by its name.",
  defects: ["schemas-as-array", "resource-type-without-schema"],
  async run({ scim, expect }) {
    const list = await scim.get("/ResourceTypes")
    if (!expect(list).toHaveStatus(200)) return
    const resources = readPath(list.json, "Resources")
    const types = (isArray(resources) ? resources : []).filter((type) => isObject(type))
    const user = types.find((type) => /^\/?Users$/.test(textIn(type, "endpoint")))
    const code = "resource-types-form"
    const found = expect.that(user !== undefined && typeof user["name"] === "string", {
      code,
      message: "/ResourceTypes is no ListResponse with a type at /Users",
      expected: 'Resources with name "User" and endpoint "/Users"',
      actual: list.text.slice(0, 120),
      exchanges: [list.exchange],
    })
    if (!found || user === undefined) return
    expect.that(typeof user["schema"] === "string", {
      code,
      message: "The User type names no schema",
      expected: "schema = the URN of its schema",
      actual: `schema = ${JSON.stringify(user["schema"]) ?? "nothing"}`,
      exchanges: [list.exchange],
    })
    const one = await scim.get(`/ResourceTypes/${textIn(user, "name")}`)
    if (expect(one).toHaveStatus(200, { code })) expect(one).toHaveValue("name", user["name"] ?? null, { code })
  },
})
