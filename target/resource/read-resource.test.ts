import { describe, expect, it } from "vitest"
import { ENTERPRISE_USER_SCHEMA, ENTERPRISE_USER_URN, USER_RESOURCE_TYPE, USER_SCHEMA } from "../../protocol/index.ts"
import { employee, user } from "../testing.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { tolerancesOf } from "../tolerances.ts"
import { readResource } from "./read-resource.ts"
import { createShape } from "./shape.ts"

describe("a required extension", () => {
  const type = { ...USER_RESOURCE_TYPE, schemaExtensions: [{ schema: ENTERPRISE_USER_URN, required: true }] }
  const department = { ...ENTERPRISE_USER_SCHEMA.attributes.find(({ name }) => name === "department"), required: true }
  const attributes = ENTERPRISE_USER_SCHEMA.attributes.map((one) =>
    one.name === "department" ? { ...one, ...department } : one,
  )
  const shape = createShape(type, [USER_SCHEMA, { ...ENTERPRISE_USER_SCHEMA, attributes }])
  const rules = { tolerances: tolerancesOf("rfc"), limits: DEFAULT_LIMITS, keepReadOnly: false }

  it("RFC7643-6-05 must be there, with its required attributes", () => {
    expect(() => readResource(shape, user("ada"), rules)).toThrow(`${ENTERPRISE_USER_URN} is required`)
    expect(() => readResource(shape, employee("ada", { costCenter: "7" }), rules)).toThrow("department is required")
    expect(readResource(shape, employee("ada", { department: "Engines" }), rules).values.size).toBe(3)
  })
})
