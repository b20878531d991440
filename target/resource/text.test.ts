import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { comparable, compareCodePoints } from "./text.ts"

describe("comparable", () => {
  it.each([
    ["ADA", "ada"],
    ["MÜLLER", "mu\u0308ller"],
    ["ΟΔΟΣ", "οδος"],
    ["ΣΑΣ", "σασ"],
  ])("RFC7644-7.8-01 folds %s and %s into one", (left, right) => {
    expect(comparable("folded", left)).toBe(comparable("folded", right))
  })

  it("F-escape-15 keeps sharp s and ss apart", () => {
    expect(comparable("folded", "straße")).not.toBe(comparable("folded", "STRASSE"))
  })

  it.each([
    ["ＡＤＡ", "ada"],
    ["ｶﾅ", "カナ"],
    ["a\u3000b", "a b"],
    ["ada@example.com", "ADA@EXAMPLE.COM"],
  ])("RFC7644-5-01 takes %s and %s for one userName", (left, right) => {
    expect(comparable("username", left)).toBe(comparable("username", right))
  })

  it("RFC7644-5-01 leaves width alone elsewhere, and other compatible characters in user names", () => {
    expect(comparable("folded", "ＡＤＡ")).not.toBe(comparable("folded", "ada"))
    expect(comparable("username", "\u2460")).not.toBe(comparable("username", "1"))
  })

  it("keeps case where it counts, and every code point of a reference", () => {
    expect(comparable("composed", "Ada")).not.toBe(comparable("composed", "ada"))
    expect(comparable("composed", "e\u0301")).toBe("\u00e9")
    expect(comparable("verbatim", "e\u0301")).toBe("e\u0301")
  })
})

describe("compareCodePoints", () => {
  it("RFC7644-3.4.2.3-04 puts what UTF-16 writes as surrogates behind the rest", () => {
    expect(compareCodePoints("\u{1f680}", "\uffee")).toBeGreaterThan(0)
    expect(compareCodePoints("a", "ab")).toBeLessThan(0)
    expect(compareCodePoints("a", "a")).toBe(0)
  })

  it("orders like the bytes of UTF-8", () => {
    const text = fc.string({ unit: "binary" })
    fc.assert(
      fc.property(text, text, (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right))
        expect(Math.sign(compareCodePoints(left, right))).toBe(bytes)
      }),
    )
  })
})
