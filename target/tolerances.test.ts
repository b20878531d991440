import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { tolerancesOf } from "./tolerances.ts"

const page = readFileSync(new URL("../docs/target-deviations.md", import.meta.url), "utf8")

describe("tolerances", () => {
  it("are all on for Entra and all off for the RFC", () => {
    expect(new Set(Object.values(tolerancesOf("entra")))).toEqual(new Set([true]))
    expect(new Set(Object.values(tolerancesOf("rfc")))).toEqual(new Set([false]))
  })

  it("are each listed in docs/target-deviations.md, with a fact or a vector", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|[^|]+\|([^|]+)\|/gm)]
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(tolerancesOf("entra")))
    for (const [, , fact] of rows) expect(fact).toMatch(/WIRE-\d{3}|vector P-entra-\d{2}/)
  })
})
