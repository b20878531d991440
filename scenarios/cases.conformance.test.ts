/** The catalogue judged: every case passes on the clean reference target and is tripped by each defect that it names. */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

import { SystemClock } from "../simulator/index.ts"
import { defects } from "../target/index.ts"
import type { Case } from "./define.ts"
import { ALL_CASES } from "./registry.ts"
import { runCases } from "./run.ts"

const FIDELITY = new URL("../docs/fidelity/", import.meta.url)

function factIds(): Set<string> {
  const files = readdirSync(FIDELITY).filter((name) => name.endsWith(".json"))
  const facts = files.flatMap((name): { id: string }[] => JSON.parse(readFileSync(new URL(name, FIDELITY), "utf8")))
  return new Set(facts.map(({ id }) => id))
}

async function statuses(cases: readonly Case[], defectNames: readonly string[] = []): Promise<Record<string, string>> {
  const target = { kind: "embedded", defects: defectNames } as const
  const { cases: results } = await runCases({ cases, target, seed: 1, clock: new SystemClock() })
  return Object.fromEntries(
    results.map(({ key, status, error, skipReason, findings }) => [
      key,
      [status, error ?? skipReason, ...findings.map(({ code }) => code)].filter((word) => word !== undefined).join(" "),
    ]),
  )
}

describe("the catalogue", () => {
  it("has no id twice", () => {
    const ids = ALL_CASES.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it("names facts that docs/fidelity states, and at least one in each case", () => {
    const known = factIds()
    const unknown = ALL_CASES.flatMap(({ id, facts }) =>
      facts.length === 0 ? [`${id}: none`] : facts.filter((fact) => !known.has(fact)).map((fact) => `${id}: ${fact}`),
    )
    expect(unknown).toEqual([])
  })

  it("pairs every case with a defect that exists, and every defect with a case", () => {
    const names = new Set(defects.map(({ name }) => name))
    const unpaired = ALL_CASES.filter(({ defects: named }) => !named.some((name) => names.has(name))).map(
      ({ id }) => id,
    )
    const unknown = ALL_CASES.flatMap(({ id, defects: named }) =>
      named.filter((name) => !names.has(name)).map((name) => `${id}: ${name}`),
    )
    const untripped = [...names].filter((name) => !ALL_CASES.some(({ defects: named }) => named.includes(name)))
    expect({ unpaired, unknown, untripped }).toEqual({ unpaired: [], unknown: [], untripped: [] })
  })

  it("passes on the clean target", async () => {
    const others = Object.entries(await statuses(ALL_CASES)).filter(([, status]) => status !== "passed")
    expect(others).toEqual([])
  })
})

describe("each defect is caught by the cases that name it", () => {
  for (const { name, level } of defects) {
    const naming = ALL_CASES.filter(({ defects: named }) => named.includes(name))
    if (naming.length === 0) continue

    it(`${name} (${level})`, async () => {
      const results = await statuses(naming, [name])
      // A case that runs in two dialects is tripped if one of them is: some defects concern one only.
      const missed = naming.filter(({ id }) => {
        const own = Object.entries(results).filter(([key]) => key === id || key.startsWith(`${id}@`))
        return !own.some(([, status]) => status.startsWith("failed") || status.startsWith("warned"))
      })
      expect(missed.map(({ id }) => id)).toEqual([])
      const wanted = level === "should" ? "warned" : "failed"
      expect(Object.values(results).map((status) => status.split(" ")[0])).toContain(wanted)
    })
  }
})

describe("a defect that breaks a SHOULD fails no case at all", () => {
  for (const { name } of defects.filter(({ level }) => level === "should")) {
    it(name, async () => {
      const failed = Object.entries(await statuses(ALL_CASES, [name])).filter(([, status]) =>
        status.startsWith("failed"),
      )
      expect(failed).toEqual([])
    })
  }
})
