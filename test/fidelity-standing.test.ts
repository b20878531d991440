import { describe, expect, it } from "vitest"
import type { Ledger } from "../docs/fidelity/ledger.ts"
import type { Proof } from "../docs/fidelity/proofs.ts"
import { renderDetails, renderRfcPage, renderSummary, renderTable, withTable } from "../docs/fidelity/render.ts"
import { settle } from "../docs/fidelity/standing.ts"

const FILES = [
  {
    name: "entra-wire",
    facts: Array.from({ length: 10 }, (_, index) => ({ id: `WIRE-10${index}`, statement: `Statement ${index}.` })),
  },
  { name: "rfc", facts: [{ id: "RFC7644-7.2-01", statement: "TLS is required." }] },
]
const REST = FILES[0]?.facts.slice(2).map(({ id }) => proof(id)) ?? []
const EXCUSE = { id: "RFC7644-7.2-01", reason: "not observable", note: "the proxy's business" } as const
const LEDGER: Ledger = { notSimulated: [EXCUSE], open: [{ id: "WIRE-101", part: "wire" }] }

function proof(...ids: string[]): Proof {
  return { by: `a.test.ts:1 ${ids.join(" ")}`, ids, abbreviated: [] }
}

function books(more: { proofs?: readonly Proof[]; ledger?: Partial<Ledger> } = {}) {
  return settle(FILES, [...REST, ...(more.proofs ?? [proof("WIRE-100")])], { ...LEDGER, ...more.ledger })
}

describe("the books", () => {
  it("say of each fact how it stands, and find nothing wrong", () => {
    const { files, problems, stillOpen } = books()
    expect(problems).toEqual([])
    expect(stillOpen).toEqual(LEDGER.open)
    expect(files.flatMap(({ facts }) => facts.map(({ standing }) => standing))).toMatchObject([
      { kind: "proven", by: ["a.test.ts:1 WIRE-100"] },
      { kind: "open", part: "wire" },
      ...REST.map(({ by }) => ({ kind: "proven", by: [by] })),
      { kind: "not simulated", reason: "not observable", note: "the proxy's business" },
    ])
  })

  it("name every proof of a fact, and each once", () => {
    const twice = proof("WIRE-100", "WIRE-100")
    const { files } = books({ proofs: [twice, { ...twice, by: "case x" }] })
    expect(files[0]?.facts[0]?.standing).toEqual({ kind: "proven", by: [twice.by, "case x"] })
  })
})

describe("problems", () => {
  const problems: readonly (readonly [what: string, given: Parameters<typeof books>[0], problem: string])[] = [
    [
      "an id that no fact has",
      { proofs: [proof("WIRE-100", "WIRE-999")] },
      "names WIRE-999, which docs/fidelity does not state",
    ],
    [
      "a range",
      { proofs: [{ ...proof("WIRE-100"), abbreviated: ["WIRE-100..109"] }] },
      '"WIRE-100..109" names no facts: write every id',
    ],
    [
      "proven and excused",
      { proofs: [proof("WIRE-100", EXCUSE.id)] },
      "is listed as not simulated, but proven by a.test.ts:1",
    ],
    [
      "an excuse for nothing",
      { ledger: { notSimulated: [{ ...EXCUSE, id: "WIRE-888" }] } },
      "not-simulated.json lists WIRE-888",
    ],
    ["an excuse twice", { ledger: { notSimulated: [EXCUSE, EXCUSE] } }, "lists RFC7644-7.2-01 twice"],
    ["open, and nobody named", { ledger: { open: [] } }, "WIRE-101 is proven by no test"],
    [
      "a specification's fact that is open, though somebody owes it",
      { ledger: { notSimulated: [], open: [...LEDGER.open, { id: EXCUSE.id, part: "target" }] } },
      `${EXCUSE.id} is proven by no test`,
    ],
    ["a proof that was lost", { proofs: [] }, "WIRE-100 is proven by no test"],
    [
      "an open entry that is proven",
      { proofs: [proof("WIRE-100", "WIRE-101")] },
      "open.json lists WIRE-101, which is settled: npm run fidelity -- --write strikes it",
    ],
    [
      "an open entry without a fact",
      { ledger: { open: [...LEDGER.open, { id: "WIRE-777", part: "wire" }] } },
      "open.json lists WIRE-777, which docs/fidelity does not state",
    ],
    ["an open entry twice", { ledger: { open: [...LEDGER.open, ...LEDGER.open] } }, "open.json lists WIRE-101 twice"],
    [
      "more than a tenth not simulated",
      { ledger: { notSimulated: [EXCUSE, { ...EXCUSE, id: "WIRE-101" }] } },
      "2 of 11 facts are not simulated, more than 10 %",
    ],
  ]

  it.each(problems)("%s", (_what, given, problem) => {
    expect(books(given).problems).toContainEqual(expect.stringContaining(problem))
  })

  it("the ledger keeps what is open, adds nothing and strikes the rest", () => {
    const open = [...LEDGER.open, { id: "WIRE-105", part: "wire" }, { id: "WIRE-777", part: "wire" }] as const
    expect(books({ proofs: [], ledger: { open } }).stillOpen).toEqual(LEDGER.open)
  })
})

describe("pages", () => {
  const TABLE = `|            | facts | proven | not simulated | open |
| ---------- | ----: | -----: | ------------: | ---: |
| entra-wire |    10 |      9 |             0 |    1 |
| rfc        |     1 |      0 |             1 |    0 |
| all        |    11 |      9 |             1 |    1 |
`

  it("the table counts by file, and sums", () => {
    expect(renderTable(books())).toBe(TABLE)
  })

  it("the summary names the parts that owe something", () => {
    expect(renderSummary(books())).toContain("| part | facts |\n| ---- | ----: |\n| wire |     1 |\n")
    expect(renderSummary(books({ proofs: [proof("WIRE-100", "WIRE-101")] }))).not.toContain("## Open")
  })

  it("the RFCs' page gives reasons, and no pipe breaks its table", () => {
    const notSimulated = [{ ...EXCUSE, note: "a | b, at length" }]
    expect(renderRfcPage(books({ ledger: { notSimulated } }))).toContain(
      String.raw`| RFC7644-7.2-01 | not observable | a \| b, at length |`,
    )
  })

  it("details list proofs, reasons and what is open", () => {
    expect(renderDetails(books(), "open")).toBe("entra-wire\n\n  WIRE-101  OPEN (wire): Statement 1.\n")
    const all = renderDetails(books(), "all")
    expect(all).toContain("  WIRE-100  proven\n      a.test.ts:1 WIRE-100\n")
    expect(all).toContain("  RFC7644-7.2-01  not simulated (not observable): the proxy's business\n")
  })

  it("a page takes the table between its markers, and stays as it is without them", () => {
    const page = "# T\n\n<!-- fidelity -->\nold\n<!-- /fidelity -->\n\nend\n"
    const filled = `# T\n\n<!-- fidelity -->\n\n${TABLE}\n<!-- /fidelity -->\n\nend\n`
    expect(withTable(page, books())).toBe(filled)
    expect(withTable(filled, books())).toBe(filled)
    expect(withTable("# T\n", books())).toBe("# T\n")
  })
})
