import * as fc from "fast-check"
import { expect, it } from "vitest"
import { readQueryString } from "./query-string.ts"

const piece = fc.constantFrom(
  "a",
  "filter",
  "=",
  "&",
  "+",
  "%20",
  "%22",
  "%",
  "%4",
  "%zz",
  "%c3%a9",
  "%c3",
  "%EF%BB%BF",
)
const other = fc.constantFrom("%ed%a0%80", "%f0%9f%9a%80", "%2B", "%00", "é", "\u{1f680}", "?", "/", " ", '"')
const text = fc.array(fc.oneof(piece, other), { maxLength: 12 }).map((pieces) => pieces.join(""))

it("WIRE-047 reads what URLSearchParams reads, and of several values the first", () => {
  fc.assert(
    fc.property(text, (query) => {
      // A "?" in front is no part of the query, except to URLSearchParams.
      const yardstick = new URLSearchParams(`?${query}`)
      const expected = [...new Set(yardstick.keys())].map((name) => [name, yardstick.get(name)])
      expect([...readQueryString(query)]).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})

it("WIRE-047 takes a plus for a blank", () => {
  expect([...readQueryString("filter=userName+eq+%22a%2Bb%22&count=10")]).toEqual([
    ["filter", 'userName eq "a+b"'],
    ["count", "10"],
  ])
})
