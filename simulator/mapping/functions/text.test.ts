import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const LINES: readonly Line[] = [
  ["FN-APPEND-1", 'Append([userPrincipalName], ".test")', { userPrincipalName: "a@b.c" }, "a@b.c.test"],
  ["FN-APPEND-2", 'Append([x], ".test")', {}, null],
  ["FN-APPEND-2", "Append([x], [y])", { x: "a" }, "a"],
  ["FN-APPEND-2", 'Append([x], "b")', { x: "" }, "b"],
  ["FN-PREPEND-1", 'Prepend("SMTP:", [mail])', { mail: "a@b.c" }, "SMTP:a@b.c"],
  ["FN-PREPEND-1", 'Prepend("SMTP:", [mail])', {}, null],
  ["FN-PREPEND-1", "Prepend([x], [mail])", { mail: "a@b.c" }, "a@b.c"],
  ["FN-JOIN-1", 'Join("-", "x", [list], "y")', { list: ["a", "b"] }, "x-a-b-y"],
  ["FN-JOIN-2", 'Join(", ", "", [surname], " ")', { surname: "Doe" }, "Doe,  "],
  ["FN-JOIN-3", 'Join(" ", [givenName], [surname])', {}, null],
  ["FN-JOIN-3", 'Join(" ", [givenName], [surname])', { surname: "Doe" }, "Doe"],
  ["FN-JOIN-4", 'Join("1@", "a", "b")', {}, "a1@b"],
  ["FN-LEFT-1", 'Left("John", 2)', {}, "Jo"],
  ["FN-LEFT-1", 'Left("John", 0)', {}, ""],
  ["FN-LEFT-1", 'Left("John", -1)', {}, "John"],
  ["FN-LEFT-1", "Left([x], 2)", {}, ""],
  ["FN-LEFT-1", 'Left("Jo", 5)', {}, "Jo"],
  ["FN-LEN-1", "Len([x])", {}, "0"],
  ["FN-LEN-1", "Len(42568.75)", {}, "8"],
  ["FN-LEN-2", "Len([x])", { x: "a😀" }, "3"],
  ["FN-MID-1", 'Mid("John Doe", 6, 999)', {}, "Doe"],
  ["FN-MID-2", 'Mid("John", 9, 1)', {}, ""],
  ["FN-MID-2", "Mid([x], 1, 1)", {}, ""],
  ["FN-MID-2", 'Mid("John", 1, 0)', {}, ""],
  ["FN-WORD-1", 'Word("This,string!has&many", 3, ",!&")', {}, "has"],
  ["FN-WORD-1", 'Word("The quick", 0, " ")', {}, ""],
  ["FN-WORD-1", 'Word([x], 1, " ")', {}, ""],
  ["FN-WORD-1", 'Word("The quick", 3, " ")', {}, ""],
  ["FN-WORD-2", 'Word("  The   quick ", 2, " ")', {}, "quick"],
  ["FN-INSTR-1", 'InStr("repEated", "e", 3)', {}, "7"],
  ["FN-INSTR-2", 'InStr("abc", "x")', {}, "0"],
  ["FN-INSTR-2", 'InStr("abc", "a", 9)', {}, "0"],
  ["FN-INSTR-3", 'InStr("repEated", "E", 1, vbTextCompare)', {}, "2"],
  ["FN-INSTR-3", 'InStr("repEated", "E")', {}, "4"],
  ["FN-INSTR-3", 'InStr([x], "a")', {}, "0"],
  ["FN-SPLIT-1", 'Split("a,b", ",")', {}, ["a", "b"]],
  ["FN-SPLIT-1", 'Split([x], ",")', {}, null],
  ["FN-SPLIT-2", 'Split("a, b ,c", ",")', {}, ["a", "b", "c"]],
  ["FN-STRIPSPACES-1", "StripSpaces([x])", { x: " a\tb c " }, "a\tbc"],
  ["FN-STRIPSPACES-1", "StripSpaces([x])", {}, null],
  ["FN-CSTR-1", "CStr([dn])", { dn: "cn=Joe" }, "cn=Joe"],
  ["FN-REDACT-1", "Redact([x])", { x: "secret" }, "secret"],
]

describe("text functions", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it("FN-SPLIT-2 a switch keeps the blanks around elements", () => {
    expect(evaluated('Split("a, b", ",")', { switches: { splitKeepsBlanks: true } })).toEqual(["a", " b"])
  })

  it.each([
    ["FN-MID-2", 'Mid("John", 0, 1)', "OutOfRange"],
    ["FN-MID-2", 'Mid("John", 1, -1)', "OutOfRange"],
    ["FN-MID-1", 'Mid("John", "one", 1)', "InvalidNumber"],
    ["FN-LEFT-1", 'Left("John", 9223372036854775807)', "OutOfRange"],
    ["FN-LEFT-1", 'Left("John", [x])', "InvalidNumber"],
    ["FN-INSTR-1", 'InStr("abc", "a", 0)', "OutOfRange"],
    ["FN-INSTR-3", 'InStr("abc", "a", 1, "binary")', "InvalidArgument"],
    ["FN-SPLIT-1", 'Split("abc", "")', "InvalidArgument"],
  ])("%s %s fails with %s", (_fact, expression, code) => {
    expect(() => evaluated(expression)).toThrow(expect.objectContaining({ name: "ExpressionEvaluationError", code }))
  })
})
