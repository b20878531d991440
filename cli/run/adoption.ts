/** `--adopt-existing`: says whose accounts the run will write to, before it does. */
import { oneLine } from "../../reports/index.ts"
import type { Adopted } from "../../scenarios/index.ts"

/** A line for the whole, and one for each account and group. */
export function describeAdoption(adopted: readonly Adopted[]): string {
  if (adopted.length === 0) return "--adopt-existing: nobody of the directory exists there yet.\n"
  const lines = adopted.map(({ kind, name, path }) => `  ${kind.padEnd("group".length)}  ${oneLine(name)}  ${path}`)
  const heading = "--adopt-existing: these exist there, and will be changed to what the directory says (never removed):"
  return `${[heading, ...lines].join("\n")}\n`
}
