import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const DOMAIN = String.raw`"(?<name>.*)@(?<domain>.*)"`

const LINES: readonly Line[] = [
  ["FN-REPLACE-1", 'Replace([x], "A", , , "-", , )', { x: "aA" }, "a-"],
  ["FN-REPLACE-2", 'Replace([x], ".", , , "$&", , )', { x: "a.b.c" }, "a$&b$&c"],
  ["FN-REPLACE-3", 'Replace([x], "<u>", , , , , "<u>@<u>")', { x: "jd" }, "jd@jd"],
  ["FN-REPLACE-3", 'Replace([x], "<u>", , , , , "<u>@y")', {}, "@y"],
  ["FN-REPLACE-4", `Replace([x], , ${DOMAIN}, , "\${domain}/\${name}", , )`, { x: "a@b" }, "b/a"],
  ["FN-REPLACE-4", 'Replace([x], , "[0-9]", , "", , )', { x: "a1b2" }, "ab"],
  ["FN-REPLACE-5", `Replace([x], , ${DOMAIN}, "domain", "$1", , )`, { x: "a@b" }, "a@$1"],
  ["FN-REPLACE-6", `Replace([x], , ${DOMAIN}, "name", , [y], )`, { y: "a@b" }, "a"],
  ["FN-REPLACE-6 MAP-906", `Replace([x], , ${DOMAIN}, "name", , [y], )`, { x: "kept", y: "a@b" }, "kept"],
  ["FN-REPLACE-7", `Replace([x], "o", ${DOMAIN}, "name", "r", [y], "t-o")`, { x: "s", y: "a@b" }, "t-s"],
  ["FN-REPLACE-7", `Replace([x], "o", ${DOMAIN}, "name", "r", [y], )`, { x: "", y: "a@b" }, "a"],
  ["FN-REPLACE-7", `Replace([x], "o", ${DOMAIN}, "name", "r", , )`, { x: "o@b" }, "r@b"],
  ["FN-REPLACE-7", `Replace([x], , ${DOMAIN}, "name", "r", , )`, { x: "o@b" }, "r@b"],
  ["FN-REPLACE-8", 'Replace([x], , "[0-9]", , "", , )', { x: "abc" }, "abc"],
  ["FN-REPLACE-8", `Replace([x], , ${DOMAIN}, "name", "", , )`, { x: "abc" }, "abc"],
  ["FN-REPLACE-8", `Replace([x], , ${DOMAIN}, "name", , [y], )`, { y: "abc" }, null],
  ["FN-REPLACE-8", `Replace([x], , ${DOMAIN}, "name", , [y], )`, {}, null],
  ["FN-REPLACE-8", 'Replace([x], "a", , , "b", , )', {}, null],
  ["FN-REPLACE-8", 'Replace([x], "a", , , "", , )', { x: "a" }, ""],
  ["MAP-206", 'Replace([x], "smtp:", , , "", , )', { x: ["smtp:a", "SMTP:b"] }, ["a", "SMTP:b"]],
]

describe("Replace", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it.each([
    ['Replace([x], "a")', "a call that names no form"],
    ['Replace([x], , "a", "g", , , )', "a group without anything to put there"],
  ])("FN-REPLACE-7 %s is refused when parsed: %s", (expression) => {
    expect(() => evaluated(expression)).toThrow(expect.objectContaining({ name: "ExpressionSyntaxError", offset: 0 }))
  })

  it.each([
    ['Replace("x", "", , , "b", , )', "InvalidArgument"],
    ['Replace("x", , "(", , "b", , )', "InvalidPattern"],
    ['Replace("x", , "(?>a)", , "b", , )', "InvalidPattern"],
  ])("FN-REPLACE-9 %s fails with %s", (expression, code) => {
    expect(() => evaluated(expression)).toThrow(expect.objectContaining({ code, function: "Replace" }))
  })
})
