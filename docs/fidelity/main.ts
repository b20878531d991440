/**
 * `npm run fidelity`: how every fact of docs/fidelity/ stands, and what in the books is wrong (exit 1).
 *
 *   -- --all     every fact: proven by which tests and cases, not simulated and why, or open
 *   -- --open    the open ones
 *   -- --write   strikes settled facts from ledger/open.json, and writes summary.md, rfc.md and the README's table
 */
import { parseArgs } from "node:util"
import { readFactFiles } from "./fact-files.ts"
import { readLedger, writeOpen } from "./ledger.ts"
import { stalePages, writePages } from "./pages.ts"
import { readProofs } from "./proofs.ts"
import { renderDetails, renderTable } from "./render.ts"
import { settle } from "./standing.ts"

interface Flags {
  readonly all?: boolean
  readonly open?: boolean
  readonly write?: boolean
}

function readFlags(): Flags | undefined {
  try {
    const flag = { type: "boolean" } as const
    return parseArgs({ options: { all: flag, open: flag, write: flag } }).values
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

function run({ all = false, open = false, write = false }: Flags): number {
  const files = readFactFiles()
  const proofs = readProofs()
  let books = settle(files, proofs, readLedger())
  if (write) {
    writeOpen(books.stillOpen)
    books = settle(files, proofs, readLedger())
    writePages(stalePages(books))
  }
  if (all || open) console.log(renderDetails(books, all ? "all" : "open"))
  console.log(renderTable(books))
  const stale = stalePages(books).map(({ path }) => `${path} is out of date: npm run fidelity -- --write`)
  const problems = [...books.problems, ...stale]
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
}

const flags = readFlags()
process.exitCode = flags === undefined ? 2 : run(flags)
