import { describe, expect, it } from "vitest"

import { isNoValue, readPath, sameValue } from "./path-value.ts"

const user = {
  userName: "ada@example.com",
  name: { givenName: "Ada" },
  emails: [
    { type: "work", value: "ada@example.com", primary: true },
    { type: "home", value: "ada@home.example" },
  ],
  roles: [{ primary: true, value: "Grower" }],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Press", manager: { value: "u-2" } },
}

describe("readPath", () => {
  it.each([
    ["userName", "ada@example.com"],
    ["USERNAME", "ada@example.com"],
    ["name.givenName", "Ada"],
    ['emails[type eq "work"].value', "ada@example.com"],
    ['emails[Type EQ "WORK"].Value', "ada@example.com"],
    ['emails[type eq "work" and primary eq true].value', "ada@example.com"],
    ['emails[value eq "a and b"].type', undefined],
    ['emails[type eq "fax"].value', undefined],
    ["emails.type", ["work", "home"]],
    ["nickName", undefined],
    ["userName.first", undefined],
    ["urn:ietf:params:scim:schemas:core:2.0:User:userName", "ada@example.com"],
    ["urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", "Ada"],
    ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "Press"],
    ["URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User:manager.value", "u-2"],
    ["urn:ietf:params:scim:schemas:extension:other:2.0:User:department", undefined],
  ])("%s", (path, value) => {
    expect(readPath(user, path)).toEqual(value)
  })

  it('WIRE-139 takes "True" in a filter for the boolean', () => {
    expect(readPath(user, 'roles[primary eq "True"].value')).toBe("Grower")
  })

  it("gives the whole extension for its URN, and every element that a filter selects", () => {
    expect(readPath(user, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")).toEqual({
      department: "Press",
      manager: { value: "u-2" },
    })
    expect(readPath({ emails: [{ type: "work" }, { type: "work" }] }, 'emails[type eq "work"]')).toHaveLength(2)
  })

  it("throws on what it does not understand: that is our own mistake, not the endpoint's", () => {
    expect(() => readPath(user, 'emails[type sw "w"]')).toThrow("not a filter this reader understands")
    expect(() => readPath(user, "a.b.c")).toThrow("not a path this reader understands")
  })

  it.each([undefined, null, "text", 7, ["list"]])("finds nothing in %j", (body) => {
    expect(readPath(body, "userName")).toBeUndefined()
  })
})

describe("sameValue", () => {
  it("compares members and elements in any order, and counts them", () => {
    expect(sameValue([{ a: 1, b: 2 }, "x"], ["x", { b: 2, a: 1 }])).toBe(true)
    expect(sameValue(["x", "x", "y"], ["x", "y", "y"])).toBe(false)
    expect(sameValue({ a: 1 }, { a: 1, b: null })).toBe(false)
    expect(sameValue("1", 1)).toBe(false)
    expect(sameValue([], {})).toBe(false)
  })
})

describe("isNoValue", () => {
  it.each([undefined, null, "", [], {}, [{}], { value: "" }, { manager: { value: null } }])(
    "%j holds nothing",
    (value) => {
      expect(isNoValue(value)).toBe(true)
    },
  )
  it.each([false, 0, "x", [false], { a: 0 }])("%j holds something", (value) => {
    expect(isNoValue(value)).toBe(false)
  })
})
