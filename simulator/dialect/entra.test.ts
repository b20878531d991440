import { describe, expect, it } from "vitest"
import type { AttributeChange } from "./dialect.ts"
import { entraDialect } from "./entra.ts"
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./options.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

const options = (given: Partial<WireOptions> = {}): WireOptions => ({ ...DEFAULT_WIRE_OPTIONS, ...given })
const attributes = (changes: AttributeChange[], given: Partial<WireOptions> = {}): string =>
  JSON.stringify(entraDialect.attributes(changes, options(given)))

describe("attributes in the default dialect", () => {
  it("WIRE-103 WIRE-110 several changes are one operation each, with a path", () => {
    const changes: AttributeChange[] = [
      { action: "replace", path: "displayName", value: "Lena Fischer-Roth" },
      { action: "replace", path: 'emails[type eq "work"].value', value: "lena.roth@orchard.example" },
      { action: "replace", path: "name.familyName", value: "Fischer-Roth" },
      { action: "replace", path: "externalId", value: "lroth" },
      { action: "replace", path: `${ENTERPRISE}:employeeNumber`, value: "20417" },
    ]
    expect(attributes(changes)).toBe(
      String.raw`[{"op":"Replace","path":"displayName","value":"Lena Fischer-Roth"},{"op":"Replace","path":"emails[type eq \"work\"].value","value":"lena.roth@orchard.example"},{"op":"Replace","path":"name.familyName","value":"Fischer-Roth"},{"op":"Replace","path":"externalId","value":"lroth"},{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber","value":"20417"}]`,
    )
  })

  it("WIRE-104 an empty attribute gets an Add", () => {
    expect(attributes([{ action: "add", path: "nickName", value: "Leni" }])).toBe(
      '[{"op":"Add","path":"nickName","value":"Leni"}]',
    )
  })

  it("WIRE-106 WIRE-107 WIRE-111 booleans are the texts True and False", () => {
    expect(attributes([{ action: "replace", path: "active", value: false }])).toBe(
      '[{"op":"Replace","path":"active","value":"False"}]',
    )
    expect(attributes([{ action: "replace", path: "active", value: true }])).toBe(
      '[{"op":"Replace","path":"active","value":"True"}]',
    )
  })

  it("WIRE-106 by switch booleans are booleans", () => {
    expect(attributes([{ action: "replace", path: "active", value: false }], { patchBooleans: "native" })).toBe(
      '[{"op":"Replace","path":"active","value":false}]',
    )
  })

  it("WIRE-112 numbers stay numbers", () => {
    expect(attributes([{ action: "add", path: "urn:x:2.0:User:level", value: 7 }])).toBe(
      '[{"op":"Add","path":"urn:x:2.0:User:level","value":7}]',
    )
  })
})

describe("several values in the default dialect", () => {
  const change = { action: "replace", path: "urn:x:User:sets", value: ["1", "2"] } as const

  it("FN-SPLIT-3 MAP-406 MAP-508 are only ever added, each as an object", () => {
    expect(entraDialect.attributes([change], DEFAULT_WIRE_OPTIONS)).toEqual([
      { op: "Add", path: "urn:x:User:sets", value: [{ value: "1" }, { value: "2" }] },
    ])
  })

  it("FN-SPLIT-3 by switch they replace what was there, as a plain list", () => {
    expect(entraDialect.attributes([change], { ...DEFAULT_WIRE_OPTIONS, multiValuedPatch: "replace" })).toEqual([
      { op: "Replace", path: "urn:x:User:sets", value: ["1", "2"] },
    ])
  })

  it("WIRE-140 elements that are objects are left as they are", () => {
    const roles = { action: "add", path: "roles", value: [{ value: "Picker" }] } as const
    expect(entraDialect.attributes([roles], DEFAULT_WIRE_OPTIONS)).toEqual([
      { op: "Add", path: "roles", value: [{ value: "Picker" }] },
    ])
  })
})

describe("references in the default dialect", () => {
  const manager = (targetId: string | null, given: Partial<WireOptions> = {}): string =>
    JSON.stringify(
      entraDialect.reference({ action: "replace", path: `${ENTERPRISE}:manager`, targetId }, options(given)),
    )

  it("WIRE-130 WIRE-134 a manager is the target id as plain text", () => {
    expect(manager("u-271")).toBe(`[{"op":"Replace","path":"${ENTERPRISE}:manager","value":"u-271"}]`)
    const added = entraDialect.reference({ action: "add", path: `${ENTERPRISE}:manager`, targetId: "u-271" }, options())
    expect(added).toEqual([{ op: "Add", path: `${ENTERPRISE}:manager`, value: "u-271" }])
  })

  it("WIRE-131 WIRE-132 by switch it is an object or an array", () => {
    expect(manager("u-271", { managerShape: "object" })).toContain('"value":{"value":"u-271"}')
    expect(manager("u-271", { managerShape: "array" })).toContain('"value":[{"value":"u-271"}]')
  })

  it("RES-01 WIRE-134 a removed manager is an empty text, or by switch a Remove or nothing", () => {
    expect(manager(null)).toBe(`[{"op":"Replace","path":"${ENTERPRISE}:manager","value":""}]`)
    expect(manager(null, { managerRemoval: "remove" })).toBe(`[{"op":"Remove","path":"${ENTERPRISE}:manager"}]`)
    expect(manager(null, { managerRemoval: "none" })).toBe("[]")
  })

  it("WIRE-166 WIRE-168 members are added and removed by a list of values", () => {
    const move = (action: "add" | "remove", given: Partial<WireOptions> = {}): string =>
      JSON.stringify(entraDialect.members({ action, path: "members", targetIds: ["u-4711"] }, options(given)))
    expect(move("add")).toBe('[{"op":"Add","path":"members","value":[{"value":"u-4711"}]}]')
    expect(move("remove")).toBe('[{"op":"Remove","path":"members","value":[{"value":"u-4711"}]}]')
    expect(move("add", { memberValueShape: "nullRef" })).toBe(
      '[{"op":"Add","path":"members","value":[{"$ref":null,"value":"u-4711"}]}]',
    )
  })
})
