import { describe, expect, it } from "vitest"
import { stepOf } from "./steps.ts"

const BASE = "http://localhost/scim/v2"

function step(method: string, path: string, operations?: readonly object[]): string {
  const body = operations === undefined ? null : JSON.stringify({ schemas: [], Operations: operations })
  return stepOf({ method, url: BASE + path, headers: {}, body }, BASE)
}

const MANAGER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"

describe("the step of a request", () => {
  it.each([
    ["probe", "GET", "/Users?filter=userName+eq+%22e1d5b9c4-20a7-4c0e-9a52-b9a1c1a9d1aa%22"],
    [
      "probe",
      "GET",
      "/Groups?excludedAttributes=members&filter=displayName+eq+%22e1d5b9c4-20a7-4c0e-9a52-b9a1c1a9d1aa%22",
    ],
    ["find-user", "GET", "/Users?filter=userName+eq+%22ada%40example.com%22"],
    ["find-group", "GET", "/Groups?excludedAttributes=members&filter=displayName+eq+%22Sales%22"],
    ["read-user", "GET", "/Users/42"],
    ["read-group", "GET", "/Groups/42?excludedAttributes=members"],
    ["create-user", "POST", "/Users"],
    ["create-group", "POST", "/Groups"],
    ["delete-user", "DELETE", "/Users/42"],
    ["delete-group", "DELETE", "/Groups/42"],
  ])("%s: %s %s", (expected, method, path) => {
    expect(step(method, path)).toBe(expected)
  })

  it.each([
    ["update-user", "/Users/42", [{ op: "Replace", path: "title", value: "Lead" }]],
    ["update-user", "/Users/42", [{ op: "replace", value: { title: "Lead", "name.givenName": "Ada" } }]],
    ["disable-user", "/Users/42", [{ op: "Replace", path: "active", value: "False" }]],
    ["disable-user", "/Users/42", [{ op: "replace", value: { active: false, title: "x" } }]],
    ["enable-user", "/Users/42", [{ op: "Replace", path: "active", value: "True" }]],
    ["set-manager", "/Users/42", [{ op: "Add", path: MANAGER, value: "7" }]],
    ["update-group", "/Groups/42", [{ op: "Replace", path: "displayName", value: "Sales" }]],
    ["add-member", "/Groups/42", [{ op: "Add", path: "members", value: [{ value: "7" }] }]],
    ["add-member", "/Groups/42", [{ op: "replace", path: "members", value: [{ value: "7" }] }]],
    ["remove-member", "/Groups/42", [{ op: "Remove", path: "members", value: [{ value: "7" }] }]],
    ["remove-member", "/Groups/42", [{ op: "remove", path: 'members[value eq "7"]' }]],
  ])("%s: PATCH %s %j", (expected, path, operations) => {
    expect(step("PATCH", path, operations)).toBe(expected)
  })

  it("refuses what the provisioning service never sends", () => {
    expect(() => step("PUT", "/Users/42")).toThrow(RangeError)
    expect(() => step("GET", "/Schemas")).toThrow(RangeError)
  })
})
