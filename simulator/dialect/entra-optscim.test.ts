import { describe, expect, it } from "vitest"
import type { AttributeChange } from "./dialect.ts"
import { entraOptscimDialect } from "./entra-optscim.ts"
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./options.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

const options = (given: Partial<WireOptions> = {}): WireOptions => ({ ...DEFAULT_WIRE_OPTIONS, ...given })
const attributes = (changes: AttributeChange[], given: Partial<WireOptions> = {}): string =>
  JSON.stringify(entraOptscimDialect.attributes(changes, options(given)))

describe("attributes in the flag dialect", () => {
  it("WIRE-117 WIRE-118 bracket paths come first, the rest in one object with flattened keys", () => {
    const changes: AttributeChange[] = [
      { action: "replace", path: "displayName", value: "Lena Fischer-Roth" },
      { action: "replace", path: 'emails[type eq "work"].value', value: "lena.roth@orchard.example" },
      { action: "replace", path: "name.givenName", value: "Lena" },
      { action: "replace", path: "name.familyName", value: "Fischer-Roth" },
      { action: "replace", path: `${ENTERPRISE}:employeeNumber`, value: "20417" },
    ]
    expect(attributes(changes)).toBe(
      String.raw`[{"op":"replace","path":"emails[type eq \"work\"].value","value":"lena.roth@orchard.example"},{"op":"replace","value":{"displayName":"Lena Fischer-Roth","name.givenName":"Lena","name.familyName":"Fischer-Roth","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"20417"}}]`,
    )
  })

  it("WIRE-116 a lone add keeps its path, also in an extension", () => {
    expect(attributes([{ action: "add", path: "nickName", value: "Leni" }])).toBe(
      '[{"op":"add","path":"nickName","value":"Leni"}]',
    )
    expect(attributes([{ action: "add", path: `${ENTERPRISE}:department`, value: "Cider" }])).toBe(
      `[{"op":"add","path":"${ENTERPRISE}:department","value":"Cider"}]`,
    )
  })

  it("WIRE-119 a lone replaced scalar has no path; by switch it has one", () => {
    const change: AttributeChange = { action: "replace", path: "userName", value: "lena.roth@orchard.example" }
    expect(attributes([change])).toBe('[{"op":"replace","value":{"userName":"lena.roth@orchard.example"}}]')
    expect(attributes([change], { optscimSingleReplace: "path" })).toBe(
      '[{"op":"replace","path":"userName","value":"lena.roth@orchard.example"}]',
    )
  })

  it("WIRE-120 WIRE-121 several adds are one object behind the replace", () => {
    const changes: AttributeChange[] = [
      { action: "add", path: "name.middleName", value: "M" },
      { action: "replace", path: "title", value: "Picker" },
      { action: "add", path: `${ENTERPRISE}:division`, value: "North" },
    ]
    expect(attributes(changes)).toBe(
      `[{"op":"replace","value":{"title":"Picker"}},{"op":"add","value":{"name.middleName":"M","${ENTERPRISE}:division":"North"}}]`,
    )
  })

  it("WIRE-115 WIRE-122 active alone keeps its path and is a boolean", () => {
    expect(attributes([{ action: "replace", path: "active", value: false }])).toBe(
      '[{"op":"replace","path":"active","value":false}]',
    )
  })

  it("WIRE-122 active beside other scalars rides in the object", () => {
    const changes: AttributeChange[] = [
      { action: "replace", path: "active", value: false },
      { action: "replace", path: 'emails[type eq "work"].value', value: "lena.roth@orchard.example" },
      { action: "replace", path: 'emails[type eq "work"].primary', value: true },
      { action: "replace", path: "userName", value: "lena.roth@orchard.example" },
    ]
    expect(attributes(changes)).toBe(
      String.raw`[{"op":"replace","path":"emails[type eq \"work\"].value","value":"lena.roth@orchard.example"},{"op":"replace","path":"emails[type eq \"work\"].primary","value":true},{"op":"replace","value":{"active":false,"userName":"lena.roth@orchard.example"}}]`,
    )
  })
})

describe("references in the flag dialect", () => {
  it("WIRE-130 WIRE-134 a manager keeps its path", () => {
    const change = { action: "add", path: `${ENTERPRISE}:manager` } as const
    expect(entraOptscimDialect.reference({ ...change, targetId: "u-271" }, options())).toEqual([
      { op: "add", path: `${ENTERPRISE}:manager`, value: "u-271" },
    ])
    expect(entraOptscimDialect.reference({ ...change, targetId: null }, options())).toEqual([
      { op: "replace", path: `${ENTERPRISE}:manager`, value: "" },
    ])
  })

  it("WIRE-167 a member is added by add, or by switch by a replace that names only it", () => {
    const change = { action: "add", path: "members", targetIds: ["u-4711"] } as const
    expect(entraOptscimDialect.members(change, options())).toEqual([
      { op: "add", path: "members", value: [{ value: "u-4711" }] },
    ])
    expect(entraOptscimDialect.members(change, options({ optscimMemberAdd: "replace" }))).toEqual([
      { op: "replace", path: "members", value: [{ value: "u-4711" }] },
    ])
  })

  it("WIRE-170 a member is removed by a filter, without value", () => {
    const change = { action: "remove", path: "members", targetIds: ["u-4711"] } as const
    expect(JSON.stringify(entraOptscimDialect.members(change, options()))).toBe(
      String.raw`[{"op":"remove","path":"members[value eq \"u-4711\"]"}]`,
    )
  })
})
