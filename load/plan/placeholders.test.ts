import { describe, expect, it } from "vitest"
import { createPlaceholders, idsIn } from "./placeholders.ts"

const ADA = "3f0c8a12-7d4e-4b1f-9a65-0b1c2d3e4f50"
const SALES = "9f1c2b7e-4a53-4f0e-8d7a-1c2e3f405162"

describe("placeholders", () => {
  it("hide known ids, wherever they stand, and leave others alone", () => {
    const placeholders = createPlaceholders()
    placeholders.name("user", ADA)
    placeholders.name("group", SALES)
    expect(placeholders.hide(`/Groups/${SALES}?x=${ADA}&y=00000000-0000-4000-8000-000000000000`)).toEqual({
      text: "/Groups/{group.0}?x={user.0}&y=00000000-0000-4000-8000-000000000000",
      uses: ["group.0", "user.0"],
    })
  })

  it("keep a name for an id, and number each type by itself", () => {
    const placeholders = createPlaceholders()
    expect(placeholders.name("user", ADA)).toBe("user.0")
    expect(placeholders.name("group", SALES)).toBe("group.0")
    expect(placeholders.name("user", ADA)).toBe("user.0")
    expect(placeholders.nameOf("nobody")).toBeUndefined()
  })

  it("refuse a text that could be taken for one", () => {
    expect(() => createPlaceholders().hide('{"displayName":"{user.1}"}')).toThrow(RangeError)
  })
})

it.each([
  ["one resource", { id: "7", userName: "ada" }, ["7"]],
  ["a list", { totalResults: 2, Resources: [{ id: "7" }, { id: "8" }] }, ["7", "8"]],
  ["an empty list without Resources", { totalResults: 0 }, []],
])("the ids in %s", (_what, body, expected) => {
  expect(idsIn({ status: 200, headers: {}, body: JSON.stringify(body) })).toEqual(expected)
})

it("no body holds no id", () => {
  expect(idsIn({ status: 204, headers: {}, body: null })).toEqual([])
})
