/** docs/scale.md: its sums are right, and the facts that it names exist. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readFactFiles } from "../docs/fidelity/fact-files.ts"
import { namedIds } from "../docs/fidelity/fact-ids.ts"

const TEXT = readFileSync(new URL("../docs/scale.md", import.meta.url), "utf8")
/** `what: 1,000 × 10,000 = 10,000,000 people`, in blocks of their own. */
const SUM = /^(?<what>[^:]+): (?<left>[\d,.()×÷+− ]+) = (?<right>[\d,.]+)(?= |$)/

interface Sum {
  readonly what: string
  readonly left: string
  readonly right: string
}

const sums = [...TEXT.matchAll(/^```text\n(.*?)^```$/gms)]
  .flatMap(([, block = ""]) => block.trimEnd().split("\n"))
  .map((line): Sum => {
    const { what = "", left = "", right = "" } = SUM.exec(line)?.groups ?? {}
    return { what: what === "" ? line : what, left, right }
  })

function valueOf(text: string): number {
  return Number(text.replaceAll(",", ""))
}

/** Products and quotients from left to right before sums, as everybody reads them; brackets first. */
function evaluate(text: string): number {
  const inner = /\(([^()]*)\)/.exec(text)
  if (inner !== null) return evaluate(text.replace(inner[0], evaluate(inner[1] ?? "").toString()))
  const tokens = text.trim().split(/ +/)
  const terms: number[] = []
  let sign = 1
  for (const [index, token] of tokens.entries()) {
    if (index % 2 === 1) continue
    const operator = tokens[index - 1]
    const value = valueOf(token)
    const last = terms.length - 1
    if (operator === "×") terms[last] = (terms[last] ?? 0) * value
    else if (operator === "÷") terms[last] = (terms[last] ?? 0) / value
    else {
      sign = operator === "−" ? -1 : 1
      terms.push(sign * value)
    }
  }
  return terms.reduce((sum, term) => sum + term, 0)
}

/** Half a unit of the last digit shown; of a round number, half of its last digit that is not 0. */
function toleranceOf(shown: string): number {
  const digits = shown.replaceAll(",", "")
  const [, decimals = ""] = digits.split(".")
  if (decimals !== "") return 0.5 * 10 ** -decimals.length
  return 0.5 * 10 ** (/0*$/.exec(digits)?.[0].length ?? 0)
}

describe("docs/scale.md", () => {
  it("has sums", () => {
    expect(sums.length).toBeGreaterThan(15)
  })

  it.each(sums)("$what: $left = $right", ({ left, right }) => {
    expect(right, "a line of a block that is no sum").not.toBe("")
    expect(Math.abs(evaluate(left) - valueOf(right))).toBeLessThanOrEqual(toleranceOf(right) * 1.0001)
  })

  it("names facts that exist", () => {
    const { ids, abbreviated } = namedIds(TEXT)
    expect(abbreviated).toEqual([])
    expect(ids.length).toBeGreaterThan(3)
    const known = new Set(readFactFiles().flatMap(({ facts }) => facts.map(({ id }) => id)))
    expect(ids.filter((id) => !known.has(id))).toEqual([])
  })
})
