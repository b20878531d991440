import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const LINES: readonly Line[] = [
  ["FN-COUNT-1", "Count([x])", { x: ["a", "b"] }, "2"],
  ["FN-COUNT-2", "Count([x])", {}, "0"],
  ["FN-COUNT-2", "Count([x])", { x: "a" }, "1"],
  ["FN-ITEM-1", "Item([x], 1)", { x: ["a", "b"] }, "a"],
  ["FN-ITEM-1", "Item([x], 1)", { x: "a" }, "a"],
  ["FN-ITEM-1", "Item([x], 1)", {}, null],
  ["FN-REMOVEDUPLICATES-1", "RemoveDuplicates([x])", { x: ["b", "a", "b", "A"] }, ["b", "a", "A"]],
  ["FN-REMOVEDUPLICATES-1", "RemoveDuplicates([x])", {}, null],
  ["FN-ISNULL-1", "IsNull([x])", {}, "True"],
  ["FN-ISNULL-1", "IsNull([x])", { x: "" }, "False"],
  ["FN-ISNOTHING-1", "IsNothing([x])", {}, "True"],
  ["FN-ISNULLOREMPTY-1", "IsNullOrEmpty([x])", { x: "" }, "True"],
  ["FN-ISNULLOREMPTY-1", "IsNullOrEmpty([x])", {}, "True"],
  ["FN-ISNULLOREMPTY-1", "IsNullOrEmpty([x])", { x: ["a", "b"] }, "False"],
  ["FN-ISPRESENT-1", "IsPresent([x])", { x: "a" }, "True"],
  ["FN-ISPRESENT-1", "IsPresent([x])", { x: "" }, "False"],
  ["FN-ISSTRING-1", "IsString([x])", { x: "a" }, "True"],
  ["FN-ISSTRING-1", "IsString([x])", { x: ["a", "b"] }, "False"],
  ["FN-ISSTRING-1", "IsString([x])", {}, "False"],
  ["FN-BITAND-1", "BitAnd(&HF, 247)", {}, "7"],
  ["FN-BITAND-1", "BitAnd([x], 2)", { x: "&H202" }, "2"],
  ["FN-BITAND-2", "BitAnd(9223372036854775807, 9223372036854775806)", {}, "9223372036854775806"],
  ["FN-BITAND-2", "BitAnd(-1, 9223372036854775807)", {}, "9223372036854775807"],
  ["FN-BITAND-2", "BitAnd([x], 2)", {}, null],
  ["FN-CBOOL-1", "CBool([a] = [b])", { a: "x", b: "x" }, "True"],
  ["FN-CBOOL-1", 'CBool("-2.5")', {}, "True"],
  ["FN-CBOOL-1", 'CBool("0.0")', {}, "False"],
  ["FN-CBOOL-2", 'CBool("tRUE")', {}, "True"],
  ["FN-CBOOL-2", 'CBool("FALSE")', {}, "False"],
  ["FN-CBOOL-2", "CBool([x])", {}, "False"],
  ["FN-NOT-1", "Not([x])", { x: "True" }, "False"],
  ["FN-NOT-1", "Not([x])", {}, "True"],
  ["FN-NOT-1", "Not([x])", { x: "banana" }, "True"],
  ["FN-NOT-2", "Not([x])", { x: "tRue" }, "False"],
]

describe("list and number functions", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it.each([
    ["FN-ITEM-1", "Item([x], 0)", "OutOfRange"],
    ["FN-ITEM-2", "Item([x], 3)", "OutOfRange"],
    ["FN-BITAND-2", 'BitAnd("x", 2)', "InvalidNumber"],
    ["FN-CBOOL-1", 'CBool("maybe")', "InvalidArgument"],
  ])("%s %s fails with %s", (_fact, expression, code) => {
    const inputs = { x: ["a", "b"] }
    expect(() => evaluated(expression, { inputs })).toThrow(expect.objectContaining({ code }))
  })
})
