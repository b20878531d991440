import { describe, expect, it } from "vitest"

import { changeFilter, filterOf, leavesOf, mapFilter } from "./filter-changes.ts"

function search(filter: string): Request {
  return new Request(`http://localhost/v2/Users?count=1&filter=${encodeURIComponent(filter)}`)
}

function filterIn(request: Request): string | null {
  return new URL(request.url).searchParams.get("filter")
}

describe("filters of defects", () => {
  it("has none where the request has none, or one that cannot be read", () => {
    expect(filterOf(new Request("http://localhost/v2/Users"))).toBeUndefined()
    expect(filterOf(search("userName eq"))).toBeUndefined()
  })

  it("finds every condition, whatever joins them", () => {
    const filter = filterOf(search('a eq 1 and not (b pr or c[d eq 2]) or e sw "x"'))
    expect(filter === undefined ? [] : leavesOf(filter).map(({ path }) => path.name)).toEqual(["a", "b", "c", "e"])
  })

  it("replaces conditions and prints what comes of it", async () => {
    const changed = await changeFilter(search('a eq 1 and not (b eq "x")'), (filter) =>
      mapFilter(filter, (node) => (node.kind === "not" ? node.operand : node)),
    )
    expect(filterIn(changed)).toBe('a eq 1 and b eq "x"')
  })

  it("takes the filter away where nothing is left of it, and nothing else", async () => {
    const changed = await changeFilter(search("a pr"), () => undefined)
    expect(filterIn(changed)).toBeNull()
    expect(new URL(changed.url).searchParams.get("count")).toBe("1")
  })
})
