import { describe, expect, it } from "vitest"
import { parseAttributePath } from "../path.ts"
import { ENTERPRISE_USER_SCHEMA } from "./enterprise-user.ts"
import { resolveAttribute } from "./resolve.ts"
import type { ResolveOptions } from "./resolve.ts"
import { GROUP_SCHEMA } from "./group.ts"
import { USER_SCHEMA } from "./user.ts"

const USER = { base: USER_SCHEMA, extensions: [ENTERPRISE_USER_SCHEMA] }
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/** schema, extension, attribute and sub-attribute by name. */
function resolve(text: string, options?: ResolveOptions) {
  const found = resolveAttribute(USER, parseAttributePath(text), options)
  return found && [found.schema?.name, found.extension, found.definition.name, found.sub?.name]
}

describe("resolveAttribute", () => {
  it("RFC7643-2.1-03 finds core attributes in any case, with and without the URN", () => {
    expect(resolve("USERNAME")).toEqual(["User", undefined, "userName", undefined])
    expect(resolve("urn:ietf:params:scim:schemas:core:2.0:User:Name.FamilyName")).toEqual([
      "User",
      undefined,
      "name",
      "familyName",
    ])
    expect(resolve("URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:emails.VALUE")).toEqual([
      "User",
      undefined,
      "emails",
      "value",
    ])
  })

  it("RFC7643-3-06 finds the common attributes, which no schema defines", () => {
    expect(resolve("Meta.lastmodified")).toEqual([undefined, undefined, "meta", "lastModified"])
    expect(resolve("urn:ietf:params:scim:schemas:core:2.0:User:id")).toEqual([undefined, undefined, "id", undefined])
    expect(resolve(`${ENTERPRISE}:id`)).toBeUndefined()
  })

  it("RFC7643-3.3-02 finds extension attributes in their container", () => {
    expect(resolve(`${ENTERPRISE.toUpperCase()}:manager.$ref`)).toEqual([
      "EnterpriseUser",
      ENTERPRISE,
      "manager",
      "$ref",
    ])
    expect(resolve(`${ENTERPRISE}:userName`)).toBeUndefined()
  })

  it("F-urn-17 finds an extension's attribute without its URN unless told otherwise", () => {
    expect(resolve("employeeNumber")).toEqual(["EnterpriseUser", ENTERPRISE, "employeeNumber", undefined])
    expect(resolve("manager.value")).toEqual(["EnterpriseUser", ENTERPRISE, "manager", "value"])
    expect(resolve("employeeNumber", { unqualifiedExtensions: false })).toBeUndefined()
  })

  it("does not look into extensions for a sub-attribute that the core attribute lacks", () => {
    const shadowing = { ...ENTERPRISE_USER_SCHEMA, attributes: [{ ...nameOf(USER_SCHEMA, "emails"), name: "name" }] }
    const schemas = { base: USER_SCHEMA, extensions: [shadowing] }
    expect(resolveAttribute(schemas, { name: "name", sub: "value" })).toBeUndefined()
  })

  it.each(["nonexistent", "name.nonexistent", "userName.foo", "urn:example:unknown:2.0:Thing:foo", "constructor"])(
    "does not find %s",
    (text) => {
      expect(resolve(text)).toBeUndefined()
    },
  )

  it("F-urn-19 does not find another resource type's attribute", () => {
    const path = parseAttributePath("urn:ietf:params:scim:schemas:core:2.0:Group:displayName")
    expect(resolveAttribute(USER, path)).toBeUndefined()
    expect(resolveAttribute({ base: GROUP_SCHEMA, extensions: [] }, path)?.definition.required).toBe(true)
  })
})

function nameOf(schema: typeof USER_SCHEMA, name: string) {
  const found = schema.attributes.find((definition) => definition.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
