import * as fc from "fast-check"
import { describe, expect, it } from "vitest"

import { parseCsv } from "./csv.ts"

describe("parseCsv", () => {
  it("reads quoted fields with commas, quotes and line breaks, and knows on which line each record begins", () => {
    expect(parseCsv('a,b\r\n"x, y","say ""hi"""\r\n"two\r\nlines",\r\n\r\nlast,one')).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 2, fields: ["x, y", 'say "hi"'] },
      { line: 3, fields: ["two\r\nlines", ""] },
      { line: 6, fields: ["last", "one"] },
    ])
    expect(parseCsv("")).toEqual([])
    expect(parseCsv("a\nb\n")).toEqual([
      { line: 1, fields: ["a"] },
      { line: 2, fields: ["b"] },
    ])
    expect(parseCsv("a,")).toEqual([{ line: 1, fields: ["a", ""] }])
  })

  it.each([
    ['a\n"never closed,b\nc', 2, /never ends/],
    ['a\nb"c', 2, /a quote inside a field/],
    ['a\n\n"b"c', 3, /text after the closing quote/],
  ])("says where %j is broken", (text, line, message) => {
    expect(() => parseCsv(text)).toThrow(expect.objectContaining({ name: "CsvSyntaxError", line }) as Error)
    expect(() => parseCsv(text)).toThrow(message)
  })

  it("gives back what was written, quoted", () => {
    const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "é", " ") })
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(",")).join("\r\n")
        expect(parseCsv(text).map(({ fields }) => fields)).toEqual(rows)
      }),
    )
  })
})
