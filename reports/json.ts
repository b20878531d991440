/** The report as it is: the one format that can be read back (parse.ts) and rendered again. */
import type { Report } from "./model.ts"

export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
