import { describe, expect, it } from "vitest"
import { parseExpression } from "../expression/parser.ts"
import { toSourceTree } from "./source-tree.ts"

describe("MAP-703 MAP-704 FN-LIST-5 source trees", () => {
  it("GRAPH-716 are as in Graph's own sample", () => {
    expect(toSourceTree(parseExpression('Replace([preferredLanguage],"-",,,"_",,)'))).toEqual({
      expression: 'Replace([preferredLanguage], "-", , , "_", , )',
      name: "Replace",
      type: "Function",
      parameters: [
        {
          key: "source",
          value: { expression: "[preferredLanguage]", name: "preferredLanguage", type: "Attribute", parameters: [] },
        },
        { key: "Find", value: { expression: '"-"', name: "-", type: "Constant", parameters: [] } },
        { key: "Replacement", value: { expression: '"_"', name: "_", type: "Constant", parameters: [] } },
      ],
    })
  })

  it("MAP-704 repeated parameters repeat their key; numbers are quoted in their own node", () => {
    const keys = (text: string) =>
      toSourceTree(parseExpression(text)).parameters.map(({ key, value }) => `${key} ${value.expression}`)
    expect(keys('Switch([IsSoftDeleted], , "False", "True", "True", "False")')).toEqual([
      "source [IsSoftDeleted]",
      'switchValue "False"',
      'switchValue "True"',
      'switchValue "True"',
      'switchValue "False"',
    ])
    expect(keys("Mid([mail], 1, 3)")).toEqual(["source [mail]", 'start "1"', 'length "3"'])
    expect(keys('FormatDateTime([mail], "yyyy", "yy")')).toEqual([
      "source [mail]",
      'inputFormat "yyyy"',
      'outputFormat "yy"',
    ])
    expect(keys('IIF([a] = 1, IgnoreAttributeFlow, "x")')).toEqual([
      "condition [a] = 1",
      "valueIfTrue IgnoreAttributeFlow",
      'valueIfFalse "x"',
    ])
  })
})
