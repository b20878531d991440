/**
 * What is not proven, by id: `ledger/not-simulated.json` for good, with a reason from a closed list; `ledger/open.json` until
 * the named part proves it. The second may only shrink. Beside the facts, and not among them, since every other .json of
 * docs/fidelity/ is a list of facts.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { z } from "zod"
import { FIDELITY } from "./fact-files.ts"

/** The only reasons there are; README.md says what each means. That something costs effort is none. */
const REASONS = ["not observable", "portal only", "unpublished", "informational"] as const

/** Who is to prove an open fact: the simulation's parts, the target, the tenant over HTTP, the named products. */
export const PARTS = ["engine", "wire", "mapping", "target", "graph", "products"] as const

type Reason = (typeof REASONS)[number]
export type Part = (typeof PARTS)[number]

export interface NotSimulated {
  readonly id: string
  readonly reason: Reason
  readonly note: string
}

export interface Open {
  readonly id: string
  readonly part: Part
}

export interface Ledger {
  readonly notSimulated: readonly NotSimulated[]
  readonly open: readonly Open[]
}

const notSimulatedSchema = z.array(
  z.strictObject({ id: z.string(), reason: z.enum(REASONS), note: z.string().min(10) }),
)
const openSchema = z.array(z.strictObject({ id: z.string(), part: z.enum(PARTS) }))

const FOLDER = new URL("ledger/", FIDELITY)

/** @throws ZodError or SyntaxError where a file is damaged. */
export function readLedger(): Ledger {
  return {
    notSimulated: notSimulatedSchema.parse(readJson("not-simulated.json")),
    open: openSchema.parse(readJson("open.json")),
  }
}

/** One entry a line, as the formatter leaves it. */
export function writeOpen(open: readonly Open[]): void {
  const lines = open.map(({ id, part }) => `  { "id": "${id}", "part": "${part}" }`)
  writeFileSync(new URL("open.json", FOLDER), lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`)
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))
}
