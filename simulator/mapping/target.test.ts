import { describe, expect, it } from "vitest"
import { isExportedOnCreate, parseTargetPath } from "./target-path.ts"
import { toTargetValue } from "./target-value.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const CUSTOM = "urn:ietf:params:scim:schemas:extension:Acme:2.0:User"

describe("target paths", () => {
  it.each([
    ["MAP-401", "displayName", { attribute: "displayName" }],
    ["MAP-401", "name.givenName", { attribute: "name", sub: "givenName" }],
    [
      "MAP-401 MAP-402",
      'phoneNumbers[type eq "mobile"].value',
      { attribute: "phoneNumbers", element: { attribute: "type", value: "mobile" }, sub: "value" },
    ],
    ["MAP-401", `${ENTERPRISE}:department`, { schema: ENTERPRISE, attribute: "department" }],
    ["MAP-405", `${CUSTOM}:CostCenter`, { schema: CUSTOM, attribute: "CostCenter" }],
    ["MAP-407", "custom:country", { schema: "custom", attribute: "country" }],
    ["MAP-401", "urn:ietf:params:scim:schemas:core:2.0:User:userName", { attribute: "userName" }],
    [
      "MAP-404",
      'roles[primary eq "True"].value',
      { attribute: "roles", element: { attribute: "primary", value: true }, sub: "value" },
    ],
    [
      "MAP-404",
      "roles[primary eq false].display",
      { attribute: "roles", element: { attribute: "primary", value: false }, sub: "display" },
    ],
  ])("%s %s", (_fact, text, expected) => {
    expect(parseTargetPath(text)).toEqual(expected)
  })

  it.each([
    'emails[type eq "work" and primary eq true].value',
    'emails[type ne "work"].value',
    "emails[type eq null].value",
  ])("MAP-401 %s has a form that no mapping has", (text) => {
    expect(() => parseTargetPath(text)).toThrow(expect.objectContaining({ name: "TargetPathError" }))
  })

  it.each(["emails[", "name..givenName", ""])("MAP-401 %j is no path", (text) => {
    expect(() => parseTargetPath(text)).toThrow(expect.objectContaining({ name: "PathSyntaxError" }))
  })

  it("MAP-407 a custom attribute outside the pattern is not part of a create", () => {
    expect(isExportedOnCreate(parseTargetPath("custom:country"))).toBe(false)
    expect(isExportedOnCreate(parseTargetPath(`${CUSTOM}:country`))).toBe(true)
    expect(isExportedOnCreate(parseTargetPath("title"))).toBe(true)
  })
})

describe("MAP-422 values in the type of their target", () => {
  it.each([
    ["Boolean", "True", true],
    ["Boolean", "fALSE", false],
    ["Integer", "-12", -12],
    ["DateTime", "2020-03-16T07:00:00.5-07:00", "2020-03-16T07:00:00.5-07:00"],
    ["DateTime", "2020-03-16", "2020-03-16"],
    ["String", "True", "True"],
    ["Binary", "AA==", "AA=="],
    ["Reference", "https://x/y", "https://x/y"],
  ] as const)("%s %s is %o", (type, text, expected) => {
    expect(toTargetValue(text, type)).toBe(expected)
  })

  it.each([
    ["Boolean", "1", "neither True nor False"],
    ["Integer", "1.5", "not an integer"],
    ["Integer", "9223372036854775807", "not an integer that JSON can carry exactly"],
    ["DateTime", "3/16/2020 7:00:00 AM", "not an ISO 8601 date and time"],
  ] as const)("%s %s is an error", (type, text, words) => {
    expect(() => toTargetValue(text, type)).toThrow(words)
  })
})
