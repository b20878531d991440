import * as fc from "fast-check"
import { expect, it } from "vitest"
import { wordDiff, type DiffPart } from "./word-diff.ts"

/** Marked words in brackets. */
function shown(parts: readonly DiffPart[]): string {
  return parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join("")
}

it.each([
  ["200 with 0 users", "200 with 2 users", "200 with [0] users", "200 with [2] users"],
  ["a b c", "a b c", "a b c", "a b c"],
  ["a b c d", "a b x y d", "a b [c] d", "a b [x y] d"],
  ['400 with scimType "noTarget"', "204 No Content", '400 with scimType "noTarget"', "204 No Content"],
  ["", "something", "", "something"],
])("%j and %j", (expected, actual, left, right) => {
  const diff = wordDiff(expected, actual)
  expect([shown(diff.expected), shown(diff.actual)]).toEqual([left, right])
})

it("leaves long texts unmarked", () => {
  const long = "word ".repeat(250)
  expect(wordDiff(long, `${long}more`).actual).toEqual([{ text: `${long}more`, differs: false }])
})

it("never changes a text, only marks it", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", " ", "  ", "\n")).map((words) => words.join(" "))
  fc.assert(
    fc.property(text, text, (expected, actual) => {
      const diff = wordDiff(expected, actual)
      const whole = (parts: readonly DiffPart[]) => parts.map((part) => part.text).join("")
      return whole(diff.expected) === expected && whole(diff.actual) === actual
    }),
  )
})
