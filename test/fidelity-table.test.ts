/** The books of docs/fidelity/ as they are: every fact is proven, excused or owed by a part, and the pages say so. */
import { expect, it } from "vitest"
import { readFactFiles } from "../docs/fidelity/fact-files.ts"
import { readLedger } from "../docs/fidelity/ledger.ts"
import { stalePages } from "../docs/fidelity/pages.ts"
import { readProofs } from "../docs/fidelity/proofs.ts"
import { settle } from "../docs/fidelity/standing.ts"

const proofs = readProofs()
const books = settle(readFactFiles(), proofs, readLedger())

it("finds tests and cases that name facts", () => {
  expect(proofs.filter(({ by }) => by.startsWith("case ")).length).toBeGreaterThan(60)
  expect(proofs.filter(({ by }) => /\.test\.ts:\d+ /.test(by)).length).toBeGreaterThan(500)
})

it("the books are in order (npm run fidelity prints them)", () => {
  expect(books.problems).toEqual([])
})

it("the generated pages are up to date (npm run fidelity -- --write brings them there)", () => {
  expect(stalePages(books).map(({ path }) => path)).toEqual([])
})
