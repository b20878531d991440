import * as fc from "fast-check"
import { describe, expect, it } from "vitest"

import { placeOf } from "./directory-file-error.ts"
import { offsetOf } from "./json-place.ts"

/** Every path into a value, with what stands there. */
function* pathsInto(value: unknown, path: PropertyKey[] = []): Generator<[PropertyKey[], unknown]> {
  yield [path, value]
  if (typeof value !== "object" || value === null) return
  for (const [key, child] of Object.entries(value)) {
    yield* pathsInto(child, [...path, Array.isArray(value) ? Number(key) : key])
  }
}

describe("offsetOf", () => {
  it("finds a value among strings that look like structure", () => {
    const text = '{\n  "a": ["x\\"]}", {"b": [1, {"c": true}]}],\n  "d\\n": null\n}'
    expect(text.slice(offsetOf(text, ["a", 1, "b", 1, "c"]))).toMatch(/^true/)
    expect(text.slice(offsetOf(text, ["d\n"]))).toMatch(/^null/)
    expect(placeOf(text, offsetOf(text, ["a", 1, "b"]))).toEqual({ line: 2, column: 24 })
    expect(placeOf(text, offsetOf(text, []))).toEqual({ line: 1, column: 1 })
  })

  it("stays at the last step that exists", () => {
    const text = '[{"a": {"b": 1}}]'
    expect(offsetOf(text, [0, "a", "missing", "deeper"])).toBe(7)
    expect(offsetOf(text, [5])).toBe(0)
    expect(offsetOf(text, [0, "a", "b", "deeper"])).toBe(13)
  })

  it("finds every value of any document, however it is laid out", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        for (const [path, value] of pathsInto(JSON.parse(json))) {
          // Laid out without indent, a value stands at its offset exactly as it is written.
          if (indent === undefined) expect(text.startsWith(JSON.stringify(value), offsetOf(text, path))).toBe(true)
          else expect(text[offsetOf(text, path)]).toBe(JSON.stringify(value)[0])
        }
      }),
    )
  })
})
