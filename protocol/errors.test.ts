import { describe, expect, it } from "vitest"
import { isScimType, SCIM_TYPES, toErrorMessage } from "./errors.ts"

describe("SCIM_TYPES", () => {
  it("is the closed list of RFC 7644 table 9 and RFC 9865, with statuses", () => {
    const statuses = Object.entries(SCIM_TYPES).map(([name, { status }]) => `${name} ${status}`)
    expect(statuses).toEqual([
      "invalidFilter 400",
      "tooMany 400",
      "uniqueness 409",
      "mutability 400",
      "invalidSyntax 400",
      "invalidPath 400",
      "noTarget 400",
      "invalidValue 400",
      "invalidVers 400",
      "sensitive 403",
      "invalidCursor 400",
      "expiredCursor 400",
      "invalidCount 400",
    ])
  })

  it("knows its own names only", () => {
    expect(isScimType("noTarget")).toBe(true)
    expect(isScimType("notarget")).toBe(false)
    expect(isScimType("toString")).toBe(false)
  })
})

describe("toErrorMessage", () => {
  it("RFC7644-3.12-02 gives the status as text and leaves out what is not known", () => {
    expect(toErrorMessage(409, "uniqueness", "userName is taken")).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "409",
      scimType: "uniqueness",
      detail: "userName is taken",
    })
    expect(Object.keys(toErrorMessage(404))).toEqual(["schemas", "status"])
  })
})
