import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { z } from "zod"

const factSchema = z.strictObject({
  id: z.string(),
  statement: z.string().min(10),
  source: z.string().min(1),
  confidence: z.enum(["documented", "observed", "inferred"]),
})

const requirementSchema = factSchema.extend({
  level: z.enum(["MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"]),
  section: z.string().regex(/^\d+(\.\d+)*$/),
  url: z.url(),
  implied: z.literal(true).optional(),
  contested: z.string().min(1).optional(),
  note: z.string().min(1).optional(),
})

/** Every file with the number of its facts and the shape of its ids: a fact that is lost or renamed shows here. */
const FILES = [
  { file: "entra-engine", count: 195, id: /^ENG-[A-Z]+-\d\d$/, schema: factSchema },
  { file: "entra-wire", count: 212, id: /^WIRE-\d{3}$/, schema: factSchema },
  { file: "entra-mapping", count: 234, id: /^(MAP-\d{3}|FN-[A-Z0-9]+-\d|SCOPE-\d\d)$/, schema: factSchema },
  { file: "graph-api", count: 182, id: /^GRAPH-\d{3}$/, schema: factSchema },
  { file: "products", count: 13, id: /^PROD-[A-Z]+-\d\d$/, schema: factSchema },
  { file: "rfc", count: 418, id: /^(RFC\d{4}|draft-[a-z0-9-]+?)-\d[\d.]*-\d\d$/, schema: requirementSchema },
  { file: "resolutions", count: 20, id: /^RES-\d\d$/, schema: factSchema },
]

function readText(name: string): string {
  return readFileSync(new URL(`../docs/fidelity/${name}`, import.meta.url), "utf8")
}

describe("docs/fidelity", () => {
  it.each(FILES)("$file holds $count facts with every field", ({ file, count, id, schema }) => {
    const facts = z.array(schema).parse(JSON.parse(readText(`${file}.json`)))
    expect(facts).toHaveLength(count)
    for (const fact of facts) expect(fact.id).toMatch(id)
  })

  it("uses no id twice", () => {
    const ids = FILES.flatMap(({ file, schema }) =>
      z
        .array(schema)
        .parse(JSON.parse(readText(`${file}.json`)))
        .map((fact) => fact.id),
    )
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it("states facts as plain text: no markup, no table left over", () => {
    for (const { file, schema } of FILES) {
      for (const { id, statement } of z.array(schema).parse(JSON.parse(readText(`${file}.json`)))) {
        expect(statement, id).not.toMatch(/\*\*|`|^\s|\s$|\s{2}|^\|/)
      }
    }
  })

  it("keeps the requirements' ids, levels and words in step with the vectors", () => {
    const vectorSchema = z.object({ id: z.string(), level: z.string(), statement: z.string() })
    const vectorText = readFileSync(new URL("vectors/scim-requirements.json", import.meta.url), "utf8")
    const vectors = z.array(vectorSchema).parse(JSON.parse(vectorText))
    const facts = z.array(vectorSchema).parse(JSON.parse(readText("rfc.json")))
    expect(facts).toEqual(vectors)
  })

  it("README.md counts the same", () => {
    const readme = readText("README.md")
    for (const { file, count } of FILES) expect(readme).toContain(`[${file}.json](${file}.json) | ${count} |`)
  })
})
