/** The load in a terminal: its verdict, the percentiles of each step, and how p95 went over time. */
import { wrap } from "../layout.ts"
import {
  LOAD_COLUMNS,
  loadCells,
  loadFacts,
  RATE_COLUMNS,
  rateCells,
  sparkline,
  TENANT_COLUMNS,
  tenantCells,
} from "../load-table.ts"
import type { Load } from "../load.ts"
import type { Report } from "../model.ts"
import { oneLine } from "../printable.ts"
import type { Tone } from "../style.ts"
import { ASCII, type Terminal } from "./terminal.ts"

const TONES: Readonly<Record<Load["outcome"], Tone>> = {
  kept: "green",
  warned: "yellow",
  broken: "red",
  incomplete: "magenta",
}

/** Cells that p95 over time takes. */
const SPARKLINE_CELLS = 20

export function loadBlock({ load }: Report, { width, paint, symbols }: Terminal): string[] {
  if (load === undefined) return []
  const unicode = symbols !== ASCII
  const steps = load.steps.map((step) => [...loadCells(step), sparkline(step.p95PointsMs, SPARKLINE_CELLS, unicode)])
  return [
    ...wrap(`Load: ${oneLine(load.sentence)}`, width).map((line) => paint(TONES[load.outcome], line)),
    ...wrap(loadFacts(load).join(" "), width),
    "",
    ...table([...LOAD_COLUMNS, "p95 over time"], steps, paint),
    ...(load.tenants.length > 1 ? ["", ...table(TENANT_COLUMNS, load.tenants.map(tenantCells), paint)] : []),
    ...(load.rates === undefined ? [] : ["", ...table(RATE_COLUMNS, load.rates.map(rateCells), paint)]),
  ]
}

/** The first and the last column to the left, figures to the right. */
function table(columns: readonly string[], rows: readonly (readonly string[])[], paint: Terminal["paint"]): string[] {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0
        return index === 0 || index === columns.length - 1 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join("  ")
      .trimEnd()
  return [paint("dim", line(columns)), ...rows.map(line)]
}
