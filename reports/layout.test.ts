import { expect, it } from "vitest"
import { clip, labelled, pad, wrap } from "./layout.ts"

it("wraps at spaces and lets a long word stand alone", () => {
  expect(wrap("a few words and aVeryLongWordIndeed here", 10)).toEqual([
    "a few",
    "words and",
    "aVeryLongWordIndeed",
    "here",
  ])
})

it("puts a label beside wrapped text", () => {
  expect(labelled("Fix", "one two three four five", { indent: 2, labelWidth: 5, width: 27 })).toEqual([
    "  Fix  one two three four",
    "       five",
  ])
})

it.each([
  ["plain text", 5, "plai…"],
  ["short", 5, "short"],
  ["日本語テスト", 7, "日本語…"],
  ["👩‍💻👩‍💻👩‍💻", 5, "👩‍💻👩‍💻…"],
  ["é́́ abc", 4, "é́́ a…"],
])("clips %j to %i cells", (text, width, expected) => {
  expect(clip(text, width)).toBe(expected)
})

it("pads to cells, not to characters", () => {
  expect(pad("日本", 6)).toBe("日本  ")
})
