/** The facts as they stand in docs/fidelity/, file by file. */
import { readFileSync } from "node:fs"
import { z } from "zod"

const factSchema = z.object({ id: z.string(), statement: z.string() })
export type Fact = z.infer<typeof factSchema>

/** In the order of the table. */
const FACT_FILES = [
  "entra-engine",
  "entra-wire",
  "entra-mapping",
  "graph-api",
  "products",
  "rfc",
  "resolutions",
] as const

export interface FactFile {
  readonly name: string
  readonly facts: readonly Fact[]
}

export const FIDELITY = new URL("./", import.meta.url)

/** @throws ZodError or SyntaxError where a file is damaged. */
export function readFactFiles(): FactFile[] {
  return FACT_FILES.map((name) => {
    const text = readFileSync(new URL(`${name}.json`, FIDELITY), "utf8")
    return { name, facts: z.array(factSchema).parse(JSON.parse(text)) }
  })
}
