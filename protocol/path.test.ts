import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import { PathSyntaxError } from "./filter/syntax-error.ts"
import { parseAttributeList, parseAttributePath, parseAttributeSelector, parsePath } from "./path.ts"
import { ENTERPRISE_USER_URN, USER_URN } from "./urns.ts"

const OPTIONS = { schemas: [USER_URN, ENTERPRISE_USER_URN], dotAfterSchema: true }
const WORK = { kind: "compare", path: { name: "type" }, operator: "eq", value: "work" }

const vectorsSchema = z.object({
  vectors: z.array(
    z.object({
      id: z.string(),
      operations: z.array(z.looseObject({ path: z.unknown().optional() })).optional(),
      expectError: z.looseObject({ scimType: z.string().optional() }).optional(),
    }),
  ),
})
const patchVectors = readFileSync(new URL("../test/vectors/patch-vectors.json", import.meta.url), "utf8")
const paths = vectorsSchema
  .parse(JSON.parse(patchVectors))
  .vectors.flatMap(({ id, operations = [], expectError }) =>
    operations.flatMap(({ path }) => (typeof path === "string" ? [{ id, path, scimType: expectError?.scimType }] : [])),
  )

/** The vectors whose path is malformed as text; all other errors of paths are about what the path means. */
const MALFORMED: Readonly<Record<string, "path" | "filter">> = {
  "P-path-01": "path",
  "P-path-02": "path",
  "P-path-03": "path",
  "P-path-04": "path",
  "P-path-05": "path",
  "P-path-06": "path",
  "P-path-07": "path",
  "P-path-08": "path",
  "P-path-09": "filter",
  "P-path-10": "filter",
  "P-path-19": "path",
}

function errorOf(parse: () => unknown): PathSyntaxError {
  try {
    parse()
  } catch (error) {
    if (error instanceof PathSyntaxError) return error
    throw error
  }
  throw new Error("parsed")
}

describe("patch vectors", () => {
  it.each(paths.filter(({ id }) => MALFORMED[id] === undefined))("$id parses: $path", ({ path }) => {
    expect(() => parsePath(path, OPTIONS)).not.toThrow()
  })

  it.each(paths.filter(({ id }) => MALFORMED[id] !== undefined))("$id is refused: $path", ({ id, path, scimType }) => {
    const { part } = errorOf(() => parsePath(path, OPTIONS))
    expect(part).toBe(MALFORMED[id])
    expect(scimType).toBe(part === "path" ? "invalidPath" : "invalidFilter")
  })

  it("has every malformed path among the vectors", () => {
    expect(Object.keys(MALFORMED).filter((id) => !paths.some((path) => path.id === id))).toEqual([])
  })
})

describe("parsePath", () => {
  it("RFC7644-3.5.2-06 takes attributes, selections and sub-attributes, with or without URN", () => {
    expect(parsePath("NICKNAME")).toEqual({ name: "NICKNAME" })
    expect(parsePath("name.familyName")).toEqual({ name: "name", sub: "familyName" })
    expect(parsePath('emails[type eq "work"]')).toEqual({ name: "emails", filter: WORK })
    expect(parsePath(`${USER_URN}:emails[type eq "work"].value`)).toEqual({
      schema: USER_URN,
      name: "emails",
      filter: WORK,
      sub: "value",
    })
    expect(parsePath("members.$ref")).toEqual({ name: "members", sub: "$ref" })
  })

  it("reads a bare URN as the container only where the schema is known", () => {
    expect(parsePath(ENTERPRISE_USER_URN.toUpperCase(), OPTIONS)).toEqual({ schema: ENTERPRISE_USER_URN.toUpperCase() })
    expect(parsePath(ENTERPRISE_USER_URN)).toEqual({
      schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0",
      name: "User",
    })
  })

  it("P-entra-39 reads a dot behind a known schema as the colon only where told to", () => {
    const manager = { schema: ENTERPRISE_USER_URN, name: "manager" }
    expect(parsePath(`${ENTERPRISE_USER_URN}.manager`, OPTIONS)).toEqual(manager)
    expect(parsePath(`${ENTERPRISE_USER_URN}.manager.value`, OPTIONS)).toEqual({ ...manager, sub: "value" })
    expect(parsePath(`${ENTERPRISE_USER_URN}.manager`, { schemas: [ENTERPRISE_USER_URN] })).toEqual({
      schema: "urn:ietf:params:scim:schemas:extension:enterprise:2.0",
      name: "User",
      sub: "manager",
    })
  })

  it.each([
    { text: "emails[type eq work].value", offset: 15, part: "filter" },
    { text: 'emails[type eq "\\x"]', offset: 16, part: "filter" },
    { text: 'emails[type eq "work"', offset: 21, part: "path" },
    { text: 'emails[type eq "work', offset: 20, part: "path" },
    { text: 'emails[type eq "work"].', offset: 22, part: "path" },
    { text: 'emails[type eq "work"].a.b', offset: 22, part: "path" },
    { text: 'emails.value[type eq "work"]', offset: 12, part: "path" },
    { text: 'emails[type eq "work"].value eq "x"', offset: 28, part: "path" },
    { text: " emails", offset: 0, part: "path" },
    { text: "emails ", offset: 6, part: "path" },
    { text: `${ENTERPRISE_USER_URN}[type eq "work"]`, offset: 58, part: "path" },
    { text: `${ENTERPRISE_USER_URN}.`, offset: 59, part: "path" },
  ])("refuses $text at $offset", ({ text, offset, part }) => {
    expect(errorOf(() => parsePath(text, OPTIONS))).toMatchObject({ offset, part })
  })

  it("refuses what is too deep or too long", () => {
    const deep = `emails[${"(".repeat(50)}type pr${")".repeat(50)}]`
    expect(errorOf(() => parsePath(deep))).toMatchObject({ part: "filter", expected: "at most 50 levels of nesting" })
    expect(errorOf(() => parsePath("a".repeat(8193)))).toMatchObject({ part: "path", offset: 8192 })
  })
})

describe("attribute names", () => {
  it("parseAttributePath takes one attribute, no selection", () => {
    expect(parseAttributePath("meta.lastModified")).toEqual({ name: "meta", sub: "lastModified" })
    expect(errorOf(() => parseAttributePath("emails[primary eq true]"))).toMatchObject({
      offset: 6,
      expected: "the end of the path",
    })
  })

  it("parseAttributeSelector takes a whole schema too", () => {
    expect(parseAttributeSelector(ENTERPRISE_USER_URN, OPTIONS)).toEqual({ schema: ENTERPRISE_USER_URN })
    expect(parseAttributeSelector("emails.value", OPTIONS)).toEqual({ name: "emails", sub: "value" })
  })

  it("RFC 7644 §3.9: parseAttributeList splits at commas, drops blanks and counts offsets in the whole list", () => {
    expect(parseAttributeList(`userName, emails.value ,${ENTERPRISE_USER_URN}`, OPTIONS)).toEqual([
      { name: "userName" },
      { name: "emails", sub: "value" },
      { schema: ENTERPRISE_USER_URN },
    ])
    expect(parseAttributeList(" ")).toEqual([])
    expect(errorOf(() => parseAttributeList("userName, 1st"))).toMatchObject({ offset: 10, found: '"1st"' })
    expect(errorOf(() => parseAttributeList("userName,,id"))).toMatchObject({ offset: 9, found: "the end" })
  })
})
