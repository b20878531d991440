/** The generated pages: what they should say, and bringing them up to date. */
import { readFileSync, writeFileSync } from "node:fs"
import { FIDELITY } from "./fact-files.ts"
import { renderRfcPage, renderSummary, withTable } from "./render.ts"
import type { Books } from "./standing.ts"

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  /** As it should be. */
  readonly text: string
}

const ROOT = new URL("../../", FIDELITY)

/** The pages whose text on disk is not what the books give. */
export function stalePages(books: Books): Page[] {
  const pages: Page[] = [
    { path: "docs/fidelity/summary.md", text: renderSummary(books) },
    { path: "docs/fidelity/rfc.md", text: renderRfcPage(books) },
    { path: "README.md", text: withTable(read("README.md"), books) },
  ]
  return pages.filter(({ path, text }) => read(path) !== text)
}

export function writePages(pages: readonly Page[]): void {
  for (const { path, text } of pages) writeFileSync(new URL(path, ROOT), text)
}

/** @returns nothing for a page that is not there yet. */
function read(path: string): string {
  try {
    return readFileSync(new URL(path, ROOT), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return ""
    throw error
  }
}
