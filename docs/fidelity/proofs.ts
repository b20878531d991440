/** What proves facts: tests that name them, and cases that list them, since the conformance test runs every case. */
import { globSync, readFileSync } from "node:fs"
// Not by scenarios/index.ts: the catalogue alone loads in a fraction of the time that the runner takes.
import { ALL_CASES } from "../../scenarios/registry.ts"
import { namedIds } from "./fact-ids.ts"
import { testNames } from "./test-names.ts"

/** One place that names facts. */
export interface Proof {
  /** "simulator/cycle/quarantine.test.ts:41 ENG-QUAR-03 …" or "case entra-user-disable". */
  readonly by: string
  readonly ids: readonly string[]
  /** Ranges and the like, which name nothing. */
  readonly abbreviated: readonly string[]
}

const ROOT = new URL("../../", import.meta.url)

/** All tests and cases that name a fact. */
export function readProofs(): Proof[] {
  return [...testProofs(), ...caseProofs()]
}

function testProofs(): Proof[] {
  const paths = globSync("**/*.test.ts", { cwd: ROOT, exclude: ["**/node_modules/**", "dist/**"] }).sort()
  return paths.flatMap((path) => {
    const source = readFileSync(new URL(path, ROOT), "utf8")
    // Parsing costs most of the time, and many files name no fact.
    if (namedIds(source).ids.length === 0) return []
    return testNames(path, source).flatMap(({ name, line }) => {
      const { ids, abbreviated } = namedIds(name)
      return ids.length === 0 ? [] : [{ by: `${path}:${line} ${name}`, ids, abbreviated }]
    })
  })
}

function caseProofs(): Proof[] {
  return ALL_CASES.map(({ id, facts }) => ({ by: `case ${id}`, ids: facts, abbreviated: [] }))
}
