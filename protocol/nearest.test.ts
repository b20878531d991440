import { describe, expect, it } from "vitest"
import { nearest } from "./nearest.ts"

describe("nearest", () => {
  it.each([
    ["consol", "console"],
    ["CONSOLE", "console"],
    ["jnuit", "junit"],
    ["htm", "html"],
    ["concurency", "concurrency"],
  ])("%s is %s", (typed, meant) => {
    expect(nearest(typed, ["console", "json", "junit", "html", "concurrency"])).toBe(meant)
  })

  it("says nothing where nothing is near", () => {
    expect(nearest("banana", ["console", "json"])).toBeUndefined()
    expect(nearest("x", [])).toBeUndefined()
  })
})
