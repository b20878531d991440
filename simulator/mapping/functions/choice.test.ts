import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const FAILS = 'CDate("never evaluated")'
const UNIQUE = 'SelectUniqueValue([a], "b", "c")'

const LINES: readonly Line[] = [
  ["FN-COALESCE-1", "Coalesce([a], [b])", { b: "x" }, "x"],
  ["FN-COALESCE-1", 'Coalesce([a], "")', {}, ""],
  ["FN-COALESCE-1", "Coalesce([a], [b])", {}, null],
  ["FN-COALESCE-2 MAP-507", 'Coalesce([a], "x")', { a: "" }, "x"],
  ["FN-COALESCE-3", 'Coalesce("x")', {}, "x"],
  ["MAP-111", `Coalesce("x", ${FAILS})`, {}, "x"],
  ["FN-IIF-1", 'IIF([a] >= 10, "y", "n")', { a: "9" }, "n"],
  ["FN-IIF-1", 'IIF([a], "y", "n")', { a: "True" }, "y"],
  ["FN-IIF-1", 'IIF([a], "y", "n")', { a: "2" }, "y"],
  ["FN-IIF-1", 'IIF([a], "y", "n")', { a: "0" }, "n"],
  ["FN-IIF-1", 'IIF([a], "y", "n")', { a: "yes" }, "n"],
  ["FN-IIF-2", 'IIF([c] = "", "Other", [c])', {}, null],
  ["FN-IIF-3", 'IIF(IsNullOrEmpty([c]), "y", "n")', {}, "y"],
  ["MAP-111", `IIF("a" = "a", "y", ${FAILS})`, {}, "y"],
  ["MAP-111", `IIF("a" = "b", ${FAILS}, "n")`, {}, "n"],
  ["FN-SWITCH-1", 'Switch([a], "d", "k", "v", "k", "w")', { a: "k" }, "v"],
  ["FN-SWITCH-1", 'Switch([a], "d", "k", "v")', { a: "K" }, "d"],
  ["FN-SWITCH-2", 'Switch([a], "", "k", "v")', { a: "x" }, ""],
  ["FN-SWITCH-2", 'Switch([a], , "k", "v")', { a: "x" }, null],
  ["FN-SWITCH-3", 'Switch([a], "d", "", "none")', {}, "none"],
  ["FN-SWITCH-3 MAP-507", 'Switch([a], "d", "", "none")', { a: "" }, "none"],
  ["FN-SWITCH-3", 'Switch([a], "d", [b], "v")', {}, "d"],
  ["FN-SWITCH-4", "Switch([a], [b], [c], [d])", { a: "x", c: "x", d: "v" }, "v"],
  ["MAP-111", `Switch([a], ${FAILS}, "k", "v", "l", ${FAILS})`, { a: "k" }, "v"],
  ["MAP-206", 'Switch([a], , "k", "v", "l", "w")', { a: ["k", "x", "l"] }, ["v", "w"]],
  ["FN-IGNOREFLOWIFNULLOREMPTY-1", "IgnoreFlowIfNullOrEmpty([a])", {}, "(ignored)"],
  ["FN-IGNOREFLOWIFNULLOREMPTY-1", "IgnoreFlowIfNullOrEmpty([a])", { a: "" }, "(ignored)"],
  ["FN-IGNOREFLOWIFNULLOREMPTY-1", "IgnoreFlowIfNullOrEmpty([a])", { a: "x" }, "x"],
  ["FN-IGNOREFLOWIFNULLOREMPTY-2", 'IIF(IgnoreFlowIfNullOrEmpty([a]), "y", "n")', {}, "n"],
  ["FN-IGNOREFLOWIFNULLOREMPTY-3", 'Join("", IgnoreFlowIfNullOrEmpty([a]), "x")', {}, "(ignored)"],
  ["FN-SELECTUNIQUEVALUE-1", UNIQUE, { a: "A" }, "A"],
  ["FN-SELECTUNIQUEVALUE-5", UNIQUE, { a: "TAKEN" }, "b"],
  ["FN-SELECTUNIQUEVALUE-5", `SelectUniqueValue("free", ${FAILS})`, {}, "free"],
]

describe("functions that choose", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs, taken: ["taken"] })).toEqual(expected)
  })

  it("FN-SELECTUNIQUEVALUE-1 every candidate taken is an error", () => {
    expect(() => evaluated(UNIQUE, { taken: ["B", "C"] })).toThrow(
      expect.objectContaining({ code: "AllCandidatesTaken", function: "SelectUniqueValue" }),
    )
  })

  it("FN-IIF-3 strictIif fails a condition over an empty attribute", () => {
    const expression = 'IIF(IsNullOrEmpty([c]), "y", "n")'
    expect(evaluated(expression, { switches: { strictIif: true } })).toBe("n")
    expect(evaluated(expression, { inputs: { c: "x" }, switches: { strictIif: true } })).toBe("n")
    expect(evaluated('IIF(IsPresent([c]), "y", "n")', { inputs: { c: "x" }, switches: { strictIif: true } })).toBe("y")
  })
})
