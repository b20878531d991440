import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ScimError } from "../scim-error.ts"
import { parseJson } from "./parse-json.ts"

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function refusal(text: string, maxDepth: number): string | undefined {
  try {
    parseJson(text, maxDepth)
    return undefined
  } catch (error) {
    return error instanceof ScimError ? `${error.status} ${error.scimType}: ${error.message}` : "another error"
  }
}

describe("parseJson", () => {
  it("refuses exactly what is deeper than it may be, whatever stands in strings", () => {
    const text = fc
      .array(fc.constantFrom("{", "[", "}", "]", '"', "\\", "a"), { maxLength: 4 })
      .map((all) => all.join(""))
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: "medium", withCrossShrink: true },
        text,
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(text, tie("json"), { maxKeys: 3 }),
      ),
    }))
    fc.assert(
      fc.property(json, fc.integer({ min: 1, max: 4 }), fc.boolean(), (value, maxDepth, isIndented) => {
        const written = JSON.stringify(value, null, isIndented ? 2 : undefined)
        expect(refusal(written, maxDepth) === undefined).toBe(depthOf(value) <= maxDepth)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(["", "{", '{"a":', "{'a':1}", '{"a":1,}', '"', '"\\', "undefined", "NaN"])(
    "says that %j is no JSON",
    (text) => {
      expect(refusal(text, 5)).toBe("400 invalidSyntax: The body is not JSON.")
    },
  )

  it("names the limit, and is done at once however deep it is", () => {
    const message = "400 invalidSyntax: JSON may be nested 5 levels deep at most."
    expect(refusal(`${"[".repeat(6)}${"]".repeat(6)}`, 5)).toBe(message)
    expect(refusal("[".repeat(1_000_000), 5)).toBe(message)
  })
})
