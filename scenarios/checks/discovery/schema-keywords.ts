import { check } from "../../define.ts"
import { isArray, isObject, readPath } from "../../path-value.ts"
import type { JsonObject } from "../context.ts"
import { textIn } from "../members.ts"

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  type: ["string", "boolean", "decimal", "integer", "dateTime", "reference", "binary", "complex"],
  mutability: ["readOnly", "readWrite", "immutable", "writeOnly"],
  returned: ["always", "never", "default", "request"],
  uniqueness: ["none", "server", "global"],
}

export const schemaKeywords = check({
  id: "rfc7643-7-schema-keywords",
  title: "Attribute definitions use the RFC's keywords in their exact spelling",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §7", level: "must" },
  facts: ["RFC7643-7-03", "WIRE-066"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that does not know a keyword cannot tell which attributes it may write; Entra's discovery insists on the spelling.",
  fix: "Write type, mutability, returned and uniqueness as RFC 7643 §7 spells them: dateTime, readWrite, writeOnly …",
  defects: ["schema-keywords-in-lower-case"],
  async run({ scim, expect }) {
    const list = await scim.get("/Schemas")
    if (!expect(list).toHaveStatus(200)) return
    const resources = readPath(list.json, "Resources")
    const wrong = (isArray(resources) ? resources : []).flatMap((schema) =>
      isObject(schema) ? wrongKeywords(schema, "attributes") : [],
    )
    expect.that(wrong.length === 0, {
      code: "schema-keywords",
      message: `${wrong.length} attribute definitions hold a keyword that the RFC does not have`,
      expected: "the keywords of RFC 7643 §7",
      actual: wrong.slice(0, 3).join("; "),
      exchanges: [list.exchange],
    })
  },
})

/** `meta.created: type = "datetime"` for each keyword in a list of definitions that is none. */
function wrongKeywords(parent: JsonObject, list: string): string[] {
  const definitions = parent[list]
  if (!isArray(definitions)) return []
  return definitions.flatMap((definition) => {
    if (!isObject(definition)) return []
    const own = Object.entries(KEYWORDS).flatMap(([name, legal]) => {
      const value = definition[name]
      const isLegal = value === undefined || legal.some((keyword) => keyword === value)
      return isLegal ? [] : [`${textIn(definition, "name")}: ${name} = ${JSON.stringify(value)}`]
    })
    return own.concat(wrongKeywords(definition, "subAttributes"))
  })
}
