/** Properties of the filter and path grammars over generated trees and texts. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  COMPARE_OPERATORS,
  FilterSyntaxError,
  parseAttributeList,
  parseAttributePath,
  parseFilter,
  parsePath,
  PathSyntaxError,
  printAttributePath,
  printFilter,
  printPath,
  renderCaret,
  USER_URN,
} from "./index.ts"
import type { AttributePath, Filter, PatchPath } from "./index.ts"

const name = fc.oneof(
  fc.constantFrom("userName", "emails", "$ref", "not", "and", "pr", "eq", "true", "null"),
  fc.stringMatching(/^\$?[A-Za-z][A-Za-z0-9$_-]{0,6}$/),
)
const schema = fc.oneof(
  fc.constantFrom(USER_URN, "http://example.com/schemas/1.0/Thing"),
  fc.stringMatching(/^urn:[a-z0-9]{2,6}(:[A-Za-z0-9._-]{1,6}){1,3}$/),
)
const attributePath: fc.Arbitrary<AttributePath> = fc.record({ schema, name, sub: name }, { requiredKeys: ["name"] })
const value = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', "\\", "\n", "/", "\ud800", "u", " ") }),
  fc.integer(),
  // Minus zero is read as zero, so it cannot come back.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
)
const operator = fc.constantFrom(...COMPARE_OPERATORS)

/** Trees over leaves of one kind: filters at the top, or what stands in brackets. */
function treeOf(leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({ kind: fc.constant("not" as const), operand: tie("tree") }),
      fc.record({ kind: fc.constantFrom("and" as const, "or" as const), left: tie("tree"), right: tie("tree") }),
    ),
  })).tree
}

function testOf(path: fc.Arbitrary<AttributePath>): fc.Arbitrary<Filter> {
  return fc.oneof(
    fc.record({ kind: fc.constant("compare" as const), path, operator, value }),
    fc.record({ kind: fc.constant("present" as const), path }),
  )
}

const bracketFilter = treeOf(testOf(fc.record({ name })))
const valuePath: fc.Arbitrary<Filter> = fc.record(
  {
    kind: fc.constant("valuePath" as const),
    path: fc.record({ schema, name }, { requiredKeys: ["name"] }),
    filter: bracketFilter,
    selected: fc.oneof(
      fc.record({ sub: name, operator, value }),
      fc.record({ sub: name, operator: fc.constant("pr" as const), value: fc.constant(null) }),
    ),
  },
  { requiredKeys: ["kind", "path", "filter"] },
)
const filter = treeOf(fc.oneof(testOf(attributePath), valuePath))
const patchPath: fc.Arbitrary<PatchPath> = fc.oneof(
  attributePath,
  fc.record({ schema, name, filter: bracketFilter, sub: name }, { requiredKeys: ["name", "filter"] }),
)

/** Text made of the grammar's own pieces, so that it gets deep before it goes wrong. */
const PIECES = [
  ...'( ) [ ] . : , " \\ \\u00e4 eq pr and or not true null -1.5e3 userName emails type value $ref'.split(" "),
  ...' |  |"work"|"x"|urn:a:b:c|not (|emails[type eq "work"]|userName pr| and | or '.split("|"),
]
const grammarText = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join(""))
const anyText = fc.oneof(grammarText, fc.string({ unit: "binary" }))

describe("round trips", () => {
  it("parses the filter it prints", () => {
    fc.assert(
      fc.property(filter, (tree) => {
        expect(parseFilter(printFilter(tree), { maxLength: 1e6 })).toEqual(tree)
      }),
    )
  })

  it("parses the path it prints", () => {
    fc.assert(
      fc.property(patchPath, (path) => {
        expect(parsePath(printPath(path), { maxLength: 1e6 })).toEqual(path)
      }),
    )
  })

  it("parses the bare schema it prints", () => {
    fc.assert(
      fc.property(schema, (urn) => {
        expect(parsePath(printPath({ schema: urn }), { schemas: [urn] })).toEqual({ schema: urn })
      }),
    )
  })

  it("parses the attribute lists it prints", () => {
    fc.assert(
      fc.property(fc.array(attributePath), (paths) => {
        expect(parseAttributeList(paths.map(printAttributePath).join(","))).toEqual(paths)
      }),
    )
  })
})

describe("any text", () => {
  it("is a filter or a FilterSyntaxError inside the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          const tree = parseFilter(text)
          expect(parseFilter(printFilter(tree))).toEqual(tree)
        } catch (error) {
          if (!(error instanceof FilterSyntaxError)) throw error
          expect(error.offset).toBeGreaterThanOrEqual(0)
          expect(error.offset).toBeLessThanOrEqual(text.length)
          expect(renderCaret(text, error.offset).split("\n")).toHaveLength(2)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([{ parse: parsePath }, { parse: parseAttributePath }, { parse: parseAttributeList }])(
    "is a path or a PathSyntaxError inside the text: $parse.name",
    ({ parse }) => {
      fc.assert(
        fc.property(anyText, (text) => {
          try {
            parse(text)
          } catch (error) {
            if (!(error instanceof PathSyntaxError)) throw error
            expect(error.offset).toBeGreaterThanOrEqual(0)
            expect(error.offset).toBeLessThanOrEqual(text.length)
          }
        }),
        { numRuns: 500 },
      )
    },
  )
})
