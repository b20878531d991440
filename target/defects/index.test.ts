import { describe, expect, it } from "vitest"

import { defects, findDefect } from "./index.ts"

describe("the list of defects", () => {
  it("is in alphabetical order, without a name twice", () => {
    const names = defects.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)].toSorted())
  })

  it("says of each what it does and who was seen doing it", () => {
    const silent = defects.filter(({ name, title, seen }) => !/^[a-z0-9-]+$/.test(name) || title === "" || seen === "")
    expect(silent).toEqual([])
  })

  it("finds one by its name", () => {
    expect(findDefect("filter-ignored")?.level).toBe("must")
    expect(findDefect("no-such-defect")).toBeUndefined()
  })
})
