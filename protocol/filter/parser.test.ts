import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import { parseFilter } from "./parser.ts"
import { printFilter } from "./print.ts"
import { FilterSyntaxError } from "./syntax-error.ts"

const vectorsSchema = z.object({
  vectors: z.array(
    z.object({ id: z.string(), group: z.string(), filter: z.string(), expectError: z.string().optional() }),
  ),
})
const { vectors } = vectorsSchema.parse(JSON.parse(readVectorFile("filter-vectors.json")))

/** Well-formed filters that only the schema makes invalid: the target's business, not the grammar's. */
const SEMANTIC_ERRORS = new Set(
  (
    "F-date-17 F-date-18 F-date-19 F-date-20 F-number-15 F-number-16 F-null-05 F-unknown-06 F-valuepath-29 " +
    "F-bool-01 F-bool-02 F-bool-03 F-bool-04 F-bool-09 F-bool-11 F-bool-12"
  ).split(" "),
)
const isSyntaxError = (vector: (typeof vectors)[number]) =>
  vector.expectError !== undefined && !SEMANTIC_ERRORS.has(vector.id)

function readVectorFile(name: string): string {
  return readFileSync(new URL(`../../test/vectors/${name}`, import.meta.url), "utf8")
}

function linesOf(name: string): string[] {
  return readVectorFile(name)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
}

function errorOf(text: string): FilterSyntaxError {
  try {
    parseFilter(text)
  } catch (error) {
    if (error instanceof FilterSyntaxError) return error
    throw error
  }
  throw new Error(`parsed: ${text}`)
}

describe("filter vectors", () => {
  it.each(vectors.filter((vector) => !isSyntaxError(vector)))("$id parses: $filter", ({ filter }) => {
    const tree = parseFilter(filter)
    expect(parseFilter(printFilter(tree))).toEqual(tree)
  })

  it.each(vectors.filter(isSyntaxError))("$id is refused: $filter", ({ filter }) => {
    const error = errorOf(filter)
    expect(error.offset).toBeGreaterThanOrEqual(0)
    expect(error.offset).toBeLessThanOrEqual(filter.length)
  })

  it("has no semantic error listed that the vectors do not hold", () => {
    const ids = new Set(vectors.filter((vector) => vector.expectError !== undefined).map((vector) => vector.id))
    expect([...SEMANTIC_ERRORS].filter((id) => !ids.has(id))).toEqual([])
  })
})

describe("syntax fixtures", () => {
  it.each(linesOf("filter_valid.txt"))("accepts %s", (line) => {
    expect(() => parseFilter(line)).not.toThrow()
  })

  it.each(linesOf("filter_invalid.txt"))("refuses %s", (line) => {
    expect(errorOf(line).offset).toBeLessThanOrEqual(line.length)
  })
})

describe("trees", () => {
  it("RFC7644-3.4.2.2-12 not binds tighter than and, and tighter than or", () => {
    expect(parseFilter("not (a pr) and b pr or c pr")).toEqual({
      kind: "or",
      left: {
        kind: "and",
        left: { kind: "not", operand: { kind: "present", path: { name: "a" } } },
        right: { kind: "present", path: { name: "b" } },
      },
      right: { kind: "present", path: { name: "c" } },
    })
  })

  it("lower-cases operators, keeps names as written and decodes literals", () => {
    expect(parseFilter('UserName EQ "\\u00fc\\n\\/"')).toEqual({
      kind: "compare",
      path: { name: "UserName" },
      operator: "eq",
      value: "ü\n/",
    })
    expect(parseFilter("a eq -0")).toEqual({ kind: "compare", path: { name: "a" }, operator: "eq", value: 0 })
  })

  it("splits a URN with dots and colons from the attribute behind it", () => {
    expect(parseFilter("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr")).toEqual({
      kind: "present",
      path: {
        schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        name: "manager",
        sub: "value",
      },
    })
  })

  it("WIRE-045 takes a comparison behind the brackets", () => {
    const filter = { kind: "compare", path: { name: "type" }, operator: "eq", value: "work" }
    expect(parseFilter('emails[type eq "work"].value eq "x"')).toEqual({
      kind: "valuePath",
      path: { name: "emails" },
      filter,
      selected: { sub: "value", operator: "eq", value: "x" },
    })
    expect(parseFilter('emails[type eq "work"].value pr')).toEqual({
      kind: "valuePath",
      path: { name: "emails" },
      filter,
      selected: { sub: "value", operator: "pr", value: null },
    })
  })
})

describe("errors", () => {
  it.each([
    { text: "", offset: 0, expected: "an attribute name", found: "the end" },
    { text: "userName foo 1", offset: 9, expected: /^an operator \(eq, .* or pr\)$/, found: '"foo"' },
    { text: "userName eq bjensen", offset: 12, expected: /^a value: /, found: '"bjensen"' },
    { text: "a pr  and b pr", offset: 5, expected: '"and" or "or"', found: "a space" },
    { text: "(a pr", offset: 5, expected: '"and", "or" or a closing )', found: "the end" },
    { text: 'not "secret"', offset: 4, expected: 'an opening ( behind "not"', found: "a string" },
    { text: "emails..value pr", offset: 7, expected: "a sub-attribute name", found: '".value"' },
    { text: 'a eq "x\u0001"', offset: 7, expected: /^control characters .* escaped/, found: "a raw control character" },
  ])("says where and what: $text", ({ text, offset, expected, found }) => {
    const error = errorOf(text)
    expect(error).toMatchObject({ offset, found })
    expect(error.expected).toMatch(expected)
    expect(error.message).toBe(
      `filter does not parse at position ${offset + 1}: expected ${error.expected}, found ${found}`,
    )
  })

  it("does not repeat the content of a string, and cuts a long word", () => {
    expect(errorOf('a "s3cret"').message).not.toContain("s3cret")
    expect(errorOf(`a ${"x".repeat(500)} 1`).message.length).toBeLessThan(200)
  })
})

describe("limits", () => {
  const nested = (depth: number) => `${"(".repeat(depth)}a pr${")".repeat(depth)}`

  it("nests 50 levels, not 51, unless told otherwise", () => {
    expect(parseFilter(nested(50))).toEqual({ kind: "present", path: { name: "a" } })
    expect(errorOf(nested(51))).toMatchObject({ offset: 51, expected: "at most 50 levels of nesting" })
    expect(() => parseFilter(nested(3), { maxDepth: 2 })).toThrow(FilterSyntaxError)
    expect(() => parseFilter(`(${"not (".repeat(2)}a[b pr]${")".repeat(3)}`, { maxDepth: 3 })).toThrow(
      "at most 3 levels",
    )
  })

  it("takes 8192 characters, not more, unless told otherwise", () => {
    const text = (length: number) => `a eq "${"x".repeat(length - 7)}"`
    expect(() => parseFilter(text(8192))).not.toThrow()
    expect(errorOf(text(8193))).toMatchObject({ offset: 8192, expected: "at most 8192 characters" })
    expect(() => parseFilter("a pr", { maxLength: 3 })).toThrow("at most 3 characters, found 4 of them")
  })

  it.each(["a.", "a:", "((", "not(", 'a eq "', '"\\', "\\u", "a pr or ", "emails[", "-1e", "urn:a:", "  "])(
    "reads a megabyte of %j in one pass",
    (piece) => {
      const text = piece.repeat(2 ** 20 / piece.length)
      expect(() => parseFilter(text, { maxLength: 2 ** 21 })).toThrow(FilterSyntaxError)
    },
  )
})
