import { describe, expect, it } from "vitest"
import { headlineOf } from "./fault-kinds.ts"

describe("headlineOf", () => {
  it("names the kind of fault, or the case whose title does not hold", () => {
    expect(headlineOf("filter-ignored", "A user is found by userName")).toBe(
      "The filter of a search is ignored: it returns resources that do not match",
    )
    expect(headlineOf("rfc7644-3.6-gone", "A deleted user is gone")).toBe("Not so: “A deleted user is gone”")
  })
})
