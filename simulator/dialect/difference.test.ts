import { describe, expect, it } from "vitest"
import type { Json } from "./dialect.ts"
import { type DesiredValue, differences } from "./difference.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

const want = (path: string, value: Json, more: Partial<DesiredValue> = {}): DesiredValue => ({
  path,
  value,
  flowType: "Always",
  always: false,
  caseExact: false,
  redacted: false,
  ...more,
})

describe("what differs", () => {
  const current = {
    id: "u-1",
    userName: "lena",
    active: true,
    name: { givenName: "Lena" },
    emails: [
      { type: "home", value: "home@orchard.example" },
      { type: "Work", value: "lena@orchard.example", primary: true },
    ],
    [ENTERPRISE]: { department: "Cider" },
  }

  it("ENG-MATCH-12 nothing where all is equal", () => {
    const wanted = [
      want("userName", "lena"),
      want("active", true),
      want("name.givenName", "Lena"),
      want('emails[type eq "work"].value', "lena@orchard.example"),
      want(`${ENTERPRISE}:department`, "Cider"),
    ]
    expect(differences(wanted, current)).toEqual([])
  })

  it("WIRE-100 add where the target shows nothing, replace where it shows something else", () => {
    const wanted = [
      want("active", false),
      want("title", "Picker"),
      want("name.familyName", "Fischer"),
      want('emails[type eq "work"].value', "lena.roth@orchard.example"),
      want('emails[type eq "other"].value', "x@orchard.example"),
      want(`${ENTERPRISE}:department`, "Juice"),
      want(`${ENTERPRISE}:division`, "North"),
    ]
    expect(differences(wanted, current)).toEqual([
      { action: "replace", path: "active", value: false },
      { action: "add", path: "title", value: "Picker" },
      { action: "add", path: "name.familyName", value: "Fischer" },
      { action: "replace", path: 'emails[type eq "work"].value', value: "lena.roth@orchard.example" },
      { action: "add", path: 'emails[type eq "other"].value', value: "x@orchard.example" },
      { action: "replace", path: `${ENTERPRISE}:department`, value: "Juice" },
      { action: "add", path: `${ENTERPRISE}:division`, value: "North" },
    ])
  })

  it("WIRE-078 a value that the target has rewritten is sent again", () => {
    expect(differences([want("title", "+49 331 123")], { id: "u-1", title: "+49331123" })).toHaveLength(1)
  })

  it("FN-TOLOWER-2 a change of case alone counts only where the attribute is case exact", () => {
    expect(differences([want("userName", "Lena")], current)).toEqual([])
    expect(differences([want("userName", "Lena", { caseExact: true })], current)).toHaveLength(1)
  })

  it("WIRE-051 the target's attribute names may be in any case", () => {
    expect(
      differences([want("userName", "lena"), want("name.givenName", "Lena")], {
        id: "u",
        USERNAME: "lena",
        Name: { GIVENNAME: "Lena" },
      }),
    ).toEqual([])
  })

  it("WIRE-139 a filter for primary finds the boolean", () => {
    expect(
      differences([want('roles[primary eq "True"].value', "Admin")], {
        id: "u",
        roles: [{ primary: true, value: "Admin" }],
      }),
    ).toEqual([])
  })

  it.each([null, "", [], {}])("empty values of the target (%j) count as none", (value) => {
    expect(differences([want("title", "Picker")], { id: "u-1", title: value })).toEqual([
      { action: "add", path: "title", value: "Picker" },
    ])
  })

  it("MAP-308 FlowAlways is sent although it is equal", () => {
    expect(differences([want("userName", "lena", { always: true })], current)).toEqual([
      { action: "replace", path: "userName", value: "lena" },
    ])
  })
})

describe("several values", () => {
  const current = { id: "u-1", tags: ["a", "b"] }

  it("are compared as sets", () => {
    expect(differences([want("tags", ["b", "a"])], current)).toEqual([])
  })

  it("replace the whole where they differ", () => {
    expect(differences([want("tags", ["a"])], current)).toEqual([{ action: "replace", path: "tags", value: ["a"] }])
  })

  it("MAP-307 MultiValueAddOnly adds what is missing and takes nothing away", () => {
    const addOnly = { flowType: "MultiValueAddOnly" } as const
    expect(differences([want("tags", ["a", "c"], addOnly)], current)).toEqual([
      { action: "add", path: "tags", value: ["c"] },
    ])
    expect(differences([want("tags", ["a"], addOnly)], current)).toEqual([])
  })
})
