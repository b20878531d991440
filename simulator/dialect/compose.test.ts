import { describe, expect, it } from "vitest"
import { createComposer } from "./compose.ts"
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./options.ts"

function composer(options: Partial<WireOptions> = {}) {
  return createComposer("entra", { ...DEFAULT_WIRE_OPTIONS, ...options })
}

describe("queries", () => {
  it("WIRE-047 WIRE-057 a probe asks for a GUID, with + and %22", () => {
    expect(composer().probe("User", "userName", "6f1c9a54-0f35-4a0e-9a42-2f6f7f3a0b11")).toEqual({
      purpose: "probe",
      resourceType: "User",
      method: "GET",
      path: "/Users?filter=userName+eq+%226f1c9a54-0f35-4a0e-9a42-2f6f7f3a0b11%22",
      body: null,
    })
  })

  it("WIRE-058 WIRE-053 a group probe excludes members before it filters", () => {
    expect(composer().probe("Group", "displayName", "6f1c9a54-0f35-4a0e-9a42-2f6f7f3a0b11").path).toBe(
      "/Groups?excludedAttributes=members&filter=displayName+eq+%226f1c9a54-0f35-4a0e-9a42-2f6f7f3a0b11%22",
    )
  })

  it("WIRE-047 reserved characters are percent-encoded with lower-case digits, @ as %40", () => {
    expect(composer().search("User", "userName", "o'hara+x/y@orchard.example").path).toBe(
      "/Users?filter=userName+eq+%22o%27hara%2bx%2fy%40orchard.example%22",
    )
  })

  it("WIRE-047 letters of other scripts travel as UTF-8, quotes and backslashes escaped as in JSON", () => {
    expect(composer().search("Group", "displayName", 'Bäume "alt"\\').path).toBe(
      "/Groups?excludedAttributes=members&filter=displayName+eq+%22B%c3%a4ume+%5c%22alt%5c%22%5c%5c%22",
    )
  })

  it("WIRE-045 a matching attribute with brackets is copied as mapped", () => {
    expect(composer().search("User", 'emails[type eq "work"].value', "lena@orchard.example").path).toBe(
      "/Users?filter=emails%5btype+eq+%22work%22%5d.value+eq+%22lena%40orchard.example%22",
    )
  })

  it("WIRE-048 by switch a space is %20", () => {
    expect(composer({ queryEncoding: "percent" }).search("User", "userName", "lena fischer").path).toBe(
      "/Users?filter=userName%20eq%20%22lena%20fischer%22",
    )
  })

  it("WIRE-075 WIRE-158 reads by id: users whole, groups without members", () => {
    expect(composer().read("User", "u-4711").path).toBe("/Users/u-4711")
    expect(composer().read("Group", "g-0815").path).toBe("/Groups/g-0815?excludedAttributes=members")
  })

  it("an id that holds a slash stays one path segment", () => {
    expect(composer().remove("User", "a/b?c").path).toBe("/Users/a%2Fb%3Fc")
  })

  it("WIRE-135 WIRE-176 reference checks are sent only by switch, in either order", () => {
    expect(composer().referenceCheck("User", "u-4711", "manager", "u-271")).toBeNull()
    expect(composer({ referenceCheckGets: "idFirst" }).referenceCheck("User", "u-4711", "manager", "u-271")?.path).toBe(
      "/Users?filter=id+eq+%22u-4711%22+and+manager+eq+%22u-271%22&attributes=id",
    )
    expect(
      composer({ referenceCheckGets: "referenceFirst" }).referenceCheck("Group", "g-0815", "members", "u-4711")?.path,
    ).toBe("/Groups?filter=members+eq+%22u-4711%22+and+id+eq+%22g-0815%22&attributes=id")
  })
})

describe("writes", () => {
  it("WIRE-096 a PATCH is a PatchOp message with a capital O", () => {
    expect(composer().update("User", "u-4711", [{ action: "add", path: "nickName", value: "Leni" }])).toEqual({
      purpose: "update",
      resourceType: "User",
      method: "PATCH",
      path: "/Users/u-4711",
      body: '{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"nickName","value":"Leni"}]}',
    })
  })

  it.each([
    ["entra", "add", { op: "Add", path: "title", value: "Picker" }],
    ["entra", "replace", { op: "Replace", path: "title", value: "Picker" }],
    ["entra-optscim", "add", { op: "add", path: "title", value: "Picker" }],
    ["entra-optscim", "replace", { op: "replace", value: { title: "Picker" } }],
  ] as const)("MAP-509 a first value in %s: %s", (dialect, firstValue, operation) => {
    const composer = createComposer(dialect, { ...DEFAULT_WIRE_OPTIONS, firstValue })
    const { body } = composer.update("User", "u1", [{ action: "add", path: "title", value: "Picker" }])
    expect(JSON.parse(body ?? "")).toMatchObject({ Operations: [operation] })
  })

  it("WIRE-182 a delete has no body", () => {
    expect(composer().remove("Group", "g-0815")).toEqual({
      purpose: "delete",
      resourceType: "Group",
      method: "DELETE",
      path: "/Groups/g-0815",
      body: null,
    })
  })

  it("RES-05 members go one per PATCH unless told otherwise", () => {
    const change = { action: "add", path: "members", targetIds: ["u-1", "u-2", "u-3"] } as const
    expect(composer().members("g-0815", change)).toHaveLength(3)
    const [first, second] = composer({ membersPerPatch: 2 }).members("g-0815", change)
    expect(first?.body).toBe(
      '{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"members","value":[{"value":"u-1"},{"value":"u-2"}]}]}',
    )
    expect(second?.body).toContain('[{"value":"u-3"}]')
  })

  it("RES-01 by switch a removed manager sends nothing", () => {
    const change = { action: "replace", path: "manager", targetId: null } as const
    expect(composer({ managerRemoval: "none" }).reference("User", "u-4711", change)).toBeNull()
  })
})
