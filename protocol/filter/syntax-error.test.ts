import { describe, expect, it } from "vitest"
import { renderCaret } from "./syntax-error.ts"

describe("renderCaret", () => {
  it("draws the place under the text", () => {
    expect(renderCaret("userName foo 1", 9)).toBe("userName foo 1\n         ^")
    expect(renderCaret("", 0)).toBe("\n^")
    expect(renderCaret("a pr", 4)).toBe("a pr\n    ^")
  })

  it("cuts long text around the place", () => {
    const [text, caret] = renderCaret(`${"a".repeat(100)}!${"b".repeat(100)}`, 100).split("\n")
    expect(text).toBe(`…${"a".repeat(60)}!${"b".repeat(19)}…`)
    expect(caret).toBe(`${" ".repeat(61)}^`)
  })

  it("lets no control character through and counts characters, not code units", () => {
    expect(renderCaret("a\u001b[31m\n\u009b!", 8)).toBe("a [31m  !\n        ^")
    expect(renderCaret("🚀!", 2)).toBe("🚀!\n ^")
  })
})
