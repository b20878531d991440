import { describe, expect, it } from "vitest"
import { evaluated, evaluationContext, sourceObject, type Line } from "../evaluation-context.fixture.ts"
import { evaluateExpression } from "./evaluate.ts"
import { parseExpression } from "./parser.ts"

const LINES: readonly Line[] = [
  ["MAP-201", "[proxyAddresses]", { proxyAddresses: ["a", "b"] }, ["a", "b"]],
  ["MAP-201", "[mail]", { mail: "a" }, "a"],
  ["MAP-126", "[mail]", {}, null],
  ["MAP-508", "[proxyAddresses]", { proxyAddresses: [] }, null],
  ["MAP-508", "IsNull([proxyAddresses])", { proxyAddresses: [] }, "True"],
  ["MAP-114", '"constant"', {}, "constant"],
  ["MAP-106", "Len(&HF)", {}, "2"],
  ["MAP-202", "Not([a])", { a: "True" }, "False"],
  ["MAP-204", "IsNull([a])", { a: "" }, "False"],
  ["MAP-205", "ToLower([a])", {}, null],
  ["MAP-206", 'Append([list], "!")', { list: ["a", "b"] }, ["a!", "b!"]],
  ["MAP-206", 'Append("SMTP:", [list])', { list: ["a"] }, ["SMTP:a"]],
  ["MAP-206", 'Split([list], ",")', { list: ["a,b", "c"] }, ["a", "b", "c"]],
  ["MAP-207", "CBool([a] = 1)", { a: "01" }, "True"],
  ["MAP-207", "CBool([a] > 9)", { a: "10" }, "True"],
  ["MAP-207", 'CBool([a] > "9x")', { a: "10" }, "False"],
  ["MAP-207", "CBool(9223372036854775807 > 9223372036854775806)", {}, "True"],
  ["MAP-207", "CBool(0.5 < 1)", {}, "True"],
  ["MAP-207", 'CBool([a] = "abc")', { a: "ABC" }, "False"],
  ["MAP-207", 'CBool([a] <> "x")', {}, "False"],
  ["MAP-207", 'CBool([a] <> "x")', { a: "" }, "False"],
  ["MAP-207", 'CBool([a] <> "x")', { a: ["y", "z"] }, "False"],
  ["MAP-110", "CBool(2 >= 2)", {}, "True"],
  ["MAP-110", "CBool(2 <= 1)", {}, "False"],
  ["MAP-110", "CBool(2 < 2)", {}, "False"],
  ["MAP-110", "CBool(2 <> 1)", {}, "True"],
  ["MAP-208", 'IIF([a] = "x", "y", IgnoreAttributeFlow)', {}, "(ignored)"],
  ["MAP-208", 'Append(IIF([a] = "x", "y", IgnoreAttributeFlow), "z")', {}, "(ignored)"],
  ["MAP-208", 'Switch(IgnoreFlowIfNullOrEmpty([a]), "d", "k", "v")', {}, "(ignored)"],
]

describe("evaluation", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it("MAP-206 two lists where one text each is wanted cannot be paired", () => {
    const inputs = { a: ["1", "2"], b: ["3"] }
    expect(() => evaluated("Append([a], [b])", { inputs })).toThrow(expect.objectContaining({ code: "MultipleValues" }))
  })

  it("MAP-208 IgnoreObjectFlow does not work here", () => {
    expect(() => evaluated('IIF("a" = "a", IgnoreObjectFlow, "x")')).toThrow(
      expect.objectContaining({ code: "UnsupportedKeyword" }),
    )
  })

  it("FN-APPROLEASSIGNMENTSCOMPLEX-1 the complex role functions give roles, not text", () => {
    const role = { id: "1", value: "User", displayName: "User" }
    const ast = parseExpression("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")
    const context = evaluationContext({ appRoleAssignments: [role] })
    expect(evaluateExpression(ast, sourceObject({}), context)).toEqual({
      kind: "roles",
      roles: [role],
      assertive: true,
    })
  })

  it("MAP-101 the deepest nesting evaluates, also through lazy functions", () => {
    expect(evaluated(`${"Not(".repeat(500)}[a]${")".repeat(500)}`)).toBe("False")
    expect(evaluated(`${"Coalesce(".repeat(500)}[a]${")".repeat(500)}`, { inputs: { a: "x" } })).toBe("x")
  })
})
