import { describe, expect, it } from "vitest"
import type { Exchange } from "../reports/index.ts"
import { withWrites } from "./evidence.ts"

function exchange(id: string, method: string, path: string, body: string | null = null): Exchange {
  return {
    id,
    case: "c",
    at: "2026-01-01T00:00:00.000Z",
    request: { method, url: `http://localhost/scim/v2${path}`, headers: {}, body: null },
    response: { status: 200, headers: {}, body },
    ms: 1,
  }
}

const exchanges = [
  exchange("c#1", "POST", "/Users", '{"id":"u-1"}'),
  exchange("c#2", "POST", "/Users", '{"id":"u-2"}'),
  exchange("c#3", "GET", "/Users/u-1"),
  exchange("c#4", "PATCH", "/Users/u-1"),
  exchange("c#5", "PATCH", "/Users/u-2"),
  exchange("c#6", "GET", "/Users/u-1?attributes=userName"),
  exchange("c#7", "GET", "/Users?filter=id+eq+%22u-1%22"),
]

describe("withWrites", () => {
  it.each([
    ["a read after a change of that resource", ["c#6"], ["c#4", "c#6"]],
    ["a read after its create", ["c#3"], ["c#1", "c#3"]],
    ["a search, which stands for itself", ["c#7"], ["c#7"]],
    ["a write, which stands for itself", ["c#4"], ["c#4"]],
    ["a write that is named already", ["c#4", "c#6"], ["c#4", "c#6"]],
    ["an exchange that was not recorded", ["c#9"], ["c#9"]],
  ])("%s", (_, named, expected) => {
    expect(withWrites(named, exchanges)).toEqual(expected)
  })
})
