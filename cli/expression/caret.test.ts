import { describe, expect, it } from "vitest"
import { caretUnder } from "./caret.ts"

describe("caretUnder", () => {
  it.each([
    ["Join(x", 5, "Join(x\n     ^\n"],
    ["a", 1, "a\n ^\n"],
    ["one(\n\ttwo]\n)", 9, " two]\n    ^\n"],
    ["", 0, "\n^\n"],
  ])("%o at %i", (text, offset, shown) => {
    expect(caretUnder(text, offset)).toBe(shown)
  })
})
