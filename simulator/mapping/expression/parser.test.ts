import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { functionDefinitions } from "../functions/index.ts"
import { COMPARISON_OPERATORS, attributesIn, type CallNode, type Expression, type Operand } from "./ast.ts"
import { ExpressionSyntaxError } from "./errors.ts"
import { parseExpression, type ParseOptions } from "./parser.ts"
import { printExpression } from "./print.ts"

function problem(text: string, options?: ParseOptions): ExpressionSyntaxError {
  try {
    parseExpression(text, options)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error
    throw error
  }
  throw new TypeError(`${text} parses`)
}

describe("grammar", () => {
  it("MAP-101 MAP-102 calls nest; arguments are attributes, constants in double quotes, and calls", () => {
    expect(parseExpression('Append(ToLower([mail]), "x")')).toEqual({
      kind: "call",
      name: "Append",
      at: 0,
      args: [
        { kind: "call", name: "ToLower", at: 7, args: [{ kind: "attribute", name: "mail", at: 15 }] },
        { kind: "text", value: "x", at: 24 },
      ],
    })
  })

  it.each([
    ["MAP-103", String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    ["MAP-104", String.raw`"\+\d\\d\\\""`, String.raw`\+\d\d\"`],
    ["MAP-103", '"two\nlines"', "two\nlines"],
  ])("%s %s is the constant %s", (_fact, text, value) => {
    expect(parseExpression(text)).toEqual({ kind: "text", value, at: 0 })
  })

  it.each([
    ["MAP-105", "1"],
    ["MAP-105", "-10"],
    ["MAP-105", "42568.75"],
    ["MAP-106", "&HF7"],
  ])("%s %s is a number", (_fact, text) => {
    expect(parseExpression(`Len(${text})`)).toMatchObject({ args: [{ kind: "number", text }] })
  })

  it("MAP-107 bare identifiers are enumeration constants and flow keywords", () => {
    for (const name of ["vbTextCompare", "vbBinaryCompare", "IgnoreAttributeFlow", "IgnoreObjectFlow"]) {
      expect(parseExpression(`IIF([a], ${name}, "x")`)).toMatchObject({ args: [{}, { kind: "keyword", name }, {}] })
    }
    expect(problem("Append(mail, UTF8)").message).toContain("expected an attribute in [ ]")
    expect(problem('Append("x", UTF8)').offset).toBe(12)
    expect(parseExpression('Append("x", UTF8)', { cloudSync: true })).toMatchObject({ args: [{}, { kind: "keyword" }] })
  })

  it("MAP-108 empty places are kept, also trailing ones; missing ones are left out", () => {
    const places = (text: string) => {
      const node = parseExpression(text)
      return node.kind === "call" ? node.args.map((arg) => arg !== null) : []
    }
    expect(places('Replace([a], "x", , , "y", , )')).toEqual([true, true, false, false, true, false, false])
    expect(places('Replace([a], "x",,,"y")')).toEqual([true, true, false, false, true])
    expect(places("ToLower([a], )")).toEqual([true, false])
    expect(places("Now()")).toEqual([])
    expect(places("Now( )")).toEqual([])
  })

  it("MAP-109 white space is free between tokens, and part of a name in brackets", () => {
    expect(parseExpression('\n Join ( "" ,\t[ a ] )\n')).toEqual({
      kind: "call",
      name: "Join",
      at: 2,
      args: [
        { kind: "text", value: "", at: 9 },
        { kind: "attribute", name: " a ", at: 14 },
      ],
    })
  })

  it("MAP-110 comparisons stand as arguments, with every operator, and nowhere else", () => {
    for (const operator of COMPARISON_OPERATORS) {
      expect(parseExpression(`CBool([a]${operator}1)`)).toMatchObject({ args: [{ kind: "comparison", operator }] })
    }
    expect(problem("[a] = [b]")).toMatchObject({ offset: 4, found: "=" })
    expect(problem('IIF([a]=1 AND [b]=2, "x", "y")').message).toContain("There is no AND or OR")
    expect(problem('IIF([a]=[b]=[c], "x", "y")')).toMatchObject({ offset: 11 })
  })

  it("MAP-114 a lone attribute or constant is an expression; a keyword or nothing is not", () => {
    expect(parseExpression("[mail]")).toEqual({ kind: "attribute", name: "mail", at: 0 })
    expect(parseExpression('"x"')).toEqual({ kind: "text", value: "x", at: 0 })
    expect(problem("IgnoreAttributeFlow").expected).toBe("a function call")
    expect(problem("  ").message).toBe(
      "expression does not parse at position 3: expected an attribute, a constant or a function call, found the end",
    )
  })

  it.each([
    ["MAP-115", "Append('a', 'b')", 7, "double quotes"],
    ["MAP-116", 'Split([mail], "@")[1]', 18, "Item(…, number)"],
    ["MAP-116", 'Append(Split([mail], "@")[1], "x")', 25, "Item(…, number)"],
    ["MAP-117", 'Append([a] & "x", "y")', 11, "Join or Append"],
    ["MAP-117", "Append(%mail%, [a])", 7, "Connect Sync"],
    ["MAP-117", "Append($item, [a])", 7, "Connect Sync"],
    ["MAP-102", 'Append([a], "x', 12, "closing"],
    ["MAP-102", "Append([a, [b])", 7, "attribute name and ]"],
    ["MAP-102", "Append([], [b])", 7, "attribute name"],
    ["MAP-102", 'Append([a], "x"', 15, ", or )"],
    ["MAP-102", "ToLower", 0, "( behind ToLower"],
    ["MAP-102", "Append([a] [b])", 11, ", or )"],
  ])("%s %s is refused at offset %i", (_fact, text, offset, words) => {
    const error = problem(text)
    expect(error).toMatchObject({ code: "ParseError", offset })
    expect(error.message).toContain(words)
  })

  it("MAP-112 function names are case-sensitive, with a suggestion; a switch is lenient", () => {
    expect(problem('switch([a], "x", "y", "z")')).toMatchObject({
      offset: 0,
      hint: "Did you mean Switch? Function names are case-sensitive.",
    })
    expect(problem("ToLover([a])").hint).toBe("Did you mean ToLower?")
    expect(problem("Xyzzy([a])").hint).toBeUndefined()
    expect(parseExpression("TOLOWER([a])", { lenientNames: true })).toMatchObject({ name: "ToLower" })
  })

  it("MAP-113 10,000 characters are allowed, one more is not", () => {
    const padded = (length: number) => `Append("${"x".repeat(length - 'Append("", "")'.length)}", "")`
    expect(parseExpression(padded(10_000))).toMatchObject({ name: "Append" })
    expect(problem(padded(10_001))).toMatchObject({ code: "ExpressionTooLong", offset: 10_000 })
  })

  it("MAP-101 calls nest 500 deep, our own bound; one more is refused", () => {
    const nested = (depth: number) => `${"Not(".repeat(depth)}[a]${")".repeat(depth)}`
    expect(printExpression(parseExpression(nested(500)))).toBe(nested(500))
    expect(problem(nested(501))).toMatchObject({ offset: 2000, expected: "at most 500 calls inside one another" })
  })

  it.each([
    ["Append([a])", "suffix (argument 2)"],
    ["Append([a], )", "suffix (argument 2)"],
    ["Append([a], [b], [c])", "at most 2 arguments"],
    ["Now([a])", "at most 0 arguments"],
    ['Join("", )', "source (argument 2)"],
    ['Switch([a], "d")', "switchValue (argument 3)"],
    ['Switch([a], "d", "k1", "v1", "k2")', "even number"],
    ['Switch([a], "d", "k1", )', "switchValue (argument 4)"],
    ['SelectUniqueValue("a")', "uniqueValueRule (argument 2)"],
    ['FormatDateTime([a], , "yyyy")', "source, inputFormat, outputFormat"],
    ['FormatDateTime([a], , "yyyy", )', "an output format"],
  ])("FN-SWITCH-1 MAP-108 %s lacks %s", (text, words) => {
    expect(problem(text)).toMatchObject({ offset: 0, expected: expect.stringContaining(words) })
  })

  it("FN-SELECTUNIQUEVALUE-2 it and the complex role functions stand outermost only", () => {
    expect(problem('ToLower(SelectUniqueValue("a", "b"))')).toMatchObject({ offset: 8 })
    expect(problem("Count(AppRoleAssignmentsComplex([appRoleAssignments]))")).toMatchObject({ offset: 6 })
    expect(parseExpression('SelectUniqueValue("a", "b")')).toMatchObject({ kind: "call" })
  })
})

const PROVISIONING_FUNCTIONS =
  "Append AppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd DateDiff DateFromNum DefaultDomain FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF InStr IsNull IsNullOrEmpty IsPresent IsString Item Join Left Len Mid NormalizeDiacritics Not Now NumFromDate PCase RandomString Redact RemoveDuplicates Replace SelectUniqueValue SingleAppRoleAssignment Split StripSpaces Switch ToLower ToUpper Word"
const ELSEWHERE_FUNCTIONS = "AssertiveAppRoleAssignmentsComplex AppRoleAssignments IsNothing Prepend"

describe("functions", () => {
  const names = functionDefinitions().map(({ name }) => name)

  it("FN-LIST-1 FN-LIST-2 the 45 of the reference and the four named elsewhere exist, and no other", () => {
    const expected = [...PROVISIONING_FUNCTIONS.split(" "), ...ELSEWHERE_FUNCTIONS.split(" ")]
    expect(PROVISIONING_FUNCTIONS.split(" ")).toHaveLength(45)
    expect(names.toSorted()).toEqual(expected.toSorted())
  })

  it("FN-LIST-3 Cloud Sync's come on top with the switch", () => {
    const more = functionDefinitions({ cloudSync: true }).map(({ name }) => name)
    expect(more.filter((name) => !names.includes(name))).toEqual(["Contains", "ConvertFromBase64", "Error", "Trim"])
  })

  it.each(["ValidateSelectUniqueValue", "Right", "LCase", "UCase", "PadLeft", "BitOr", "RandomNum"])(
    "FN-LIST-4 MAP-910 %s exists in no source",
    (name) => {
      expect(problem(`${name}([a], 1)`, { cloudSync: true }).expected).toBe("a function of app provisioning")
    },
  )
})

describe("printing", () => {
  it("MAP-704 one blank behind commas and for empty places; numbers bare", () => {
    const printed = (text: string) => printExpression(parseExpression(text))
    expect(printed('Replace([preferredLanguage],"-",,  ,"_",,)')).toBe('Replace([preferredLanguage], "-", , , "_", , )')
    expect(printed('Mid( [x],"1" ,2)')).toBe('Mid([x], "1", 2)')
    expect(printed('IIF([a]<>&HF,vbTextCompare,"\\"")')).toBe('IIF([a] <> &HF, vbTextCompare, "\\"")')
  })

  it("parsing what was printed gives the same tree", () => {
    fc.assert(
      fc.property(anyCall(), (node) => {
        expect(placeless(parseExpression(printExpression(node)))).toEqual(node)
      }),
    )
  })

  it("names each attribute once", () => {
    expect(attributesIn(parseExpression('IIF([a] = [b], Join("", [c], [a]), "x")'))).toEqual(["a", "b", "c"])
  })
})

/** Trees of the functions that take any number of places, which is all that printing depends on. */
function anyCall(): fc.Arbitrary<Expression> {
  const { call } = fc.letrec<{ call: CallNode; operand: Operand; argument: Expression }>((tie) => ({
    operand: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ kind: fc.constant("attribute" as const), name: fc.stringMatching(/^[^[\]]+$/), at: fc.constant(0) }),
      fc.record({ kind: fc.constant("text" as const), value: fc.string({ unit: "binary" }), at: fc.constant(0) }),
      fc.record({
        kind: fc.constant("number" as const),
        text: fc.oneof(fc.integer().map(String), fc.constantFrom("&HF7", "42568.75", "-1.50")),
        at: fc.constant(0),
      }),
      fc.record({ kind: fc.constant("keyword" as const), name: fc.constant("vbTextCompare"), at: fc.constant(0) }),
      tie("call"),
    ),
    argument: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      tie("operand"),
      fc.record({
        kind: fc.constant("comparison" as const),
        operator: fc.constantFrom(...COMPARISON_OPERATORS),
        left: tie("operand"),
        right: tie("operand"),
        at: fc.constant(0),
      }),
    ),
    call: fc
      .tuple(tie("argument"), fc.array(fc.option(tie("argument")), { maxLength: 4 }))
      .map(([first, rest]) => ({ kind: "call", name: "Coalesce", args: [first, ...rest], at: 0 })),
  }))
  return call
}

function placeless(node: Expression): Expression {
  switch (node.kind) {
    case "call":
      return { ...node, at: 0, args: node.args.map((arg) => (arg === null ? null : placeless(arg))) }
    case "comparison":
      return { ...node, at: 0, left: placelessOperand(node.left), right: placelessOperand(node.right) }
    default:
      return { ...node, at: 0 }
  }
}

function placelessOperand(node: Operand): Operand {
  const stripped = placeless(node)
  if (stripped.kind === "comparison") throw new TypeError("an operand is no comparison")
  return stripped
}
