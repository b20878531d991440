import { describe, expect, it } from "vitest"
import { evaluated } from "../evaluation-context.fixture.ts"
import { roleElements } from "./app-roles.ts"

const ADMIN = { id: "1", value: "admin", displayName: "Administrator" }
const GUEST = { id: "2", value: null, displayName: "Guest" }

describe("chance", () => {
  it("FN-GUID-1 takes the next id of the context at each evaluation", () => {
    expect(evaluated('Join(" ", Guid(), Guid())')).toBe(
      "3f2504e0-4f89-41d3-9a0c-000000000001 3f2504e0-4f89-41d3-9a0c-000000000002",
    )
  })

  it("FN-RANDOMSTRING-1 minimums that add up to the length are exact", () => {
    const drawn = evaluated("RandomString(256, 64, 64, 64, 64)")
    expect(String(drawn).replaceAll(/[^0-9]/g, "")).toHaveLength(64)
    expect(String(drawn).replaceAll(/[^A-Z]/g, "")).toHaveLength(64)
    expect(String(drawn).replaceAll(/[^a-z]/g, "")).toHaveLength(64)
    expect(String(drawn).replaceAll(/[A-Za-z0-9]/g, "")).toHaveLength(64)
  })

  it("FN-RANDOMSTRING-1 avoids the characters given", () => {
    expect(evaluated('RandomString(200, 100, 0, 0, 100, "012345678abcdefghijklmnopqrstuvwxy")')).toMatch(/^[9z]{200}$/)
  })

  it("FN-RANDOMSTRING-2 fills up with any class that is allowed", () => {
    expect(evaluated("RandomString(40, 1, 0, 0, 0)")).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[!-~]{40}$/)
  })

  it.each([
    ["RandomString(257, 0, 0, 0, 0)", "length is 257"],
    ["RandomString(3, 1, 1, 1, 1)", "add up to 4"],
    ["RandomString(3, -1, 1, 1, 1)", "add up to 2"],
    ['RandomString(3, 1, 0, 0, 0, "0123456789")', "all numbers are to be avoided"],
  ])("FN-RANDOMSTRING-1 %s fails", (expression, reason) => {
    expect(() => evaluated(expression)).toThrow(reason)
  })
})

describe("encodings", () => {
  it("FN-CONVERTTOBASE64-1 encodes UTF-16LE without a byte order mark", () => {
    expect(evaluated('ConvertToBase64("é")')).toBe("6QA=")
    expect(evaluated("ConvertToBase64([x])")).toBeNull()
  })

  it("FN-CONVERTTOUTF8HEX-1 writes upper-case hexadecimal digits", () => {
    expect(evaluated('ConvertToUTF8Hex("é/")')).toBe("C3A92F")
    expect(evaluated("ConvertToUTF8Hex([x])")).toBeNull()
  })

  it("FN-CONVERTFROMBASE64-1 reads Unicode unless UTF8 or ASCII is named", () => {
    expect(evaluated('ConvertFromBase64("6QA=")', { cloudSync: true })).toBe("é")
    expect(evaluated('ConvertFromBase64("w6k=", UTF8)', { cloudSync: true })).toBe("é")
    expect(evaluated('ConvertFromBase64("YQ==", ASCII)', { cloudSync: true })).toBe("a")
    expect(evaluated("ConvertFromBase64([x])", { cloudSync: true })).toBeNull()
    expect(() => evaluated('ConvertFromBase64("YQ")', { cloudSync: true })).toThrow("not base64")
    expect(() => evaluated('ConvertFromBase64("YQ==", "UTF7")', { cloudSync: true })).toThrow("not UTF7")
  })
})

describe("tenant and app roles", () => {
  it("FN-DEFAULTDOMAIN-1 MAP-222 gives the default verified domain, or fails without one", () => {
    expect(evaluated("DefaultDomain()", { defaultDomain: "contoso.com" })).toBe("contoso.com")
    expect(() => evaluated("DefaultDomain()")).toThrow(expect.objectContaining({ code: "NoDefaultDomain" }))
  })

  it("FN-SINGLEAPPROLEASSIGNMENT-1 gives one role by name, of several the first", () => {
    const expression = "SingleAppRoleAssignment([appRoleAssignments])"
    expect(evaluated(expression, { appRoleAssignments: [ADMIN] })).toBe("admin")
    expect(evaluated(expression, { appRoleAssignments: [GUEST, ADMIN] })).toBe("Guest")
    expect(evaluated(expression)).toBeNull()
  })

  it("FN-SINGLEAPPROLEASSIGNMENT-4 a role without a value goes by its display name", () => {
    const expression = "SingleAppRoleAssignment([appRoleAssignments])"
    expect(evaluated(expression, { appRoleAssignments: [{ ...GUEST, value: "" }] })).toBe("Guest")
  })

  it("FN-APPROLEASSIGNMENTS-1 gives all role names", () => {
    const expression = "AppRoleAssignments([appRoleAssignments])"
    expect(evaluated(expression, { appRoleAssignments: [ADMIN, GUEST] })).toEqual(["admin", "Guest"])
    expect(evaluated(expression)).toBeNull()
  })

  it("FN-APPROLEASSIGNMENTSCOMPLEX-1 elements are never primary and carry Entra's type", () => {
    expect(roleElements({ roles: [ADMIN, GUEST], assertive: false })).toEqual([
      { primary: false, type: "WindowsAzureActiveDirectoryRole", displayName: "Administrator", value: "admin" },
      { primary: false, type: "WindowsAzureActiveDirectoryRole", displayName: "Guest", value: "Guest" },
    ])
  })

  it("FN-APPROLEASSIGNMENTSCOMPLEX-2 in a PATCH each element is one value of JSON text", () => {
    expect(roleElements({ roles: [ADMIN], assertive: false }, { stringified: true })).toEqual([
      { value: '{"id":"1","value":"admin","displayName":"Administrator"}' },
    ])
  })

  it("FN-ASSERTIVEAPPROLEASSIGNMENTSCOMPLEX-1 keeps full objects in a PATCH, with display", () => {
    expect(roleElements({ roles: [ADMIN], assertive: true }, { stringified: true })).toEqual([
      { primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Administrator", value: "admin" },
    ])
  })
})

describe("Cloud Sync's own functions", () => {
  it("FN-TRIM-1 removes white space at both ends, of each value", () => {
    expect(evaluated("Trim([x])", { inputs: { x: [" a ", "b\t"] }, cloudSync: true })).toEqual(["a", "b"])
    expect(evaluated("Trim([x])", { cloudSync: true })).toBeNull()
  })

  it("FN-LIST-3 MAP-222 Error fails the object with its message; Contains counts from 1", () => {
    expect(() => evaluated('Error("no manager")', { cloudSync: true })).toThrow(
      expect.objectContaining({ code: "RaisedError", message: "Error: no manager" }),
    )
    const inputs = { x: ["smtp:a@x", "SMTP:b@y"] }
    expect(evaluated('Contains([x], "@Y")', { inputs, cloudSync: true })).toBe("2")
    expect(evaluated('Contains([x], "@z")', { inputs, cloudSync: true })).toBe("0")
  })

  it.each(["Trim", "Contains", "Error", "ConvertFromBase64"])(
    "FN-LIST-3 RES-19 %s is refused without the switch",
    (name) => {
      expect(() => evaluated(`${name}([x], "y")`)).toThrow(`${name} belongs to Cloud Sync's expression language`)
    },
  )
})
