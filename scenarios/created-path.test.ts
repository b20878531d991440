import { describe, expect, it } from "vitest"

import { createdPath } from "./created-path.ts"

const BASE = "http://localhost/scim/v2"

describe("RFC7644-3.3-06 where a create says that its resource is", () => {
  it.each([
    ["by the id", { resource: { id: "a b" }, location: undefined }, "/Users/a%20b"],
    ["by the id, whatever Location says", { resource: { id: "7" }, location: `${BASE}/Users/8` }, "/Users/7"],
    ["by Location, where there is no body", { resource: undefined, location: `${BASE}/Users/7` }, "/Users/7"],
    ["by a Location without origin", { resource: undefined, location: "/scim/v2/Users/7" }, "/Users/7"],
    ["not by a Location elsewhere", { resource: {}, location: "http://other/scim/v2/Users/7" }, null],
    ["not by a Location of another type", { resource: {}, location: `${BASE}/Groups/7` }, null],
    ["not at all", { resource: { id: 7 }, location: undefined }, null],
  ])("%s", (_, answer, path) => {
    expect(createdPath(BASE, "/Users", answer)).toBe(path)
  })
})
