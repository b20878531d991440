import { expect, it } from "vitest"
import { oneLine, printable } from "./printable.ts"

it.each([
  ["a\u001B[31mred", "a\\u{1b}[31mred"],
  ["bell\u0007 nul\u0000 del\u007F csi\u009B", "bell\\u{7} nul\\u{0} del\\u{7f} csi\\u{9b}"],
  ["user\u202Egnp.exe", "user\\u{202e}gnp.exe"],
  ["lone \uD800", "lone \\u{d800}"],
  ["carriage\rreturn", "carriage\\u{d}return"],
  ["line\nfeed and\ttab stay", "line\nfeed and\ttab stay"],
  ["emoji 👩‍💻, עברית and العربية stay", "emoji 👩‍💻, עברית and العربية stay"],
])("%j is shown as %j", (text, expected) => {
  expect(printable(text)).toBe(expected)
})

it("puts text on one line", () => {
  expect(oneLine("  a\n\n b\tc\u0000 ")).toBe("a b c\\u{0}")
})
