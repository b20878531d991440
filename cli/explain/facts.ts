/** The facts that docs/fidelity/ states: what is known of Entra and of the RFCs, with id, source and confidence. */
import { readdirSync, readFileSync } from "node:fs"
import { z } from "zod"

const factSchema = z.object({
  id: z.string(),
  statement: z.string(),
  source: z.string(),
  confidence: z.string(),
  /** Facts of the RFCs: the keyword, and the section on the web. */
  level: z.string().optional(),
  url: z.string().optional(),
  /** Where sources contradict each other: the reading that is accepted. */
  contested: z.string().optional(),
  note: z.string().optional(),
})
export type Fact = z.infer<typeof factSchema>

/** Beside the sources in a clone, beside what was built from them in the package. */
const FOLDER = new URL("../../docs/fidelity/", import.meta.url)

/** All facts by id. */
export function readFacts(): ReadonlyMap<string, Fact> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"))
  const facts = files.flatMap((name) =>
    z.array(factSchema).parse(JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))),
  )
  return new Map(facts.map((fact) => [fact.id, fact]))
}
