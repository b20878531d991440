import { describe, expect, it } from "vitest"
import { suggestion } from "./suggest.ts"

describe("suggestion", () => {
  it("asks, or lists what there is", () => {
    expect(suggestion("jsno", ["console", "json"])).toBe('did you mean "json"?')
    expect(suggestion("banana", ["console", "json"])).toBe("there are: console, json")
  })
})
