/** The load on the page: its verdict, requests over time, and a line of percentiles for each step. */
import {
  latency,
  LOAD_COLUMNS,
  loadCells,
  loadFacts,
  RATE_COLUMNS,
  rateCells,
  TENANT_COLUMNS,
  tenantCells,
} from "../load-table.ts"
import type { Load, LoadStep } from "../load.ts"
import type { Report } from "../model.ts"
import { duration, grouped } from "../wording.ts"
import { factList } from "./facts.ts"
import { icon, type IconName } from "./icons.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { scrollTable } from "./scroll-table.ts"

const ICONS: Readonly<Record<Load["outcome"], IconName>> = {
  kept: "passed",
  warned: "warned",
  broken: "failed",
  incomplete: "unknown",
}

export function loadSection({ load }: Report): Content {
  if (load === undefined) return false
  const { tenants, rates } = load
  return markup`
    <section id="section-load" aria-labelledby="load-heading">
      <h2 id="load-heading">Load: ${load.profile}</h2>
      <p class="lead">${load.about}</p>
      <p class="load-verdict ${load.outcome}">${icon(ICONS[load.outcome])} ${load.sentence}</p>
      ${factList([
        ["Requests a second", grouped(Math.round(load.requestsPerSecond))],
        ["Answers", grouped(load.requests)],
        ["Errors", grouped(load.errors)],
        ["429", grouped(load.throttled)],
        ["Lasted", duration(load.durationMs)],
        ["Sent by", `k6 ${load.k6}`],
      ])}
      <p class="basis">${loadFacts(load).join(" ")}</p>
      ${overTime(load)}
      ${scrollTable("Percentiles of each step", [...LOAD_COLUMNS, "p95 over time"], load.steps.map(stepRow))}
      ${
        tenants.length > 1 &&
        scrollTable(
          "Tenants",
          TENANT_COLUMNS,
          tenants.map((tenant) => textRow(tenantCells(tenant))),
        )
      }
      ${
        rates !== undefined &&
        scrollTable(
          "The rising rate",
          RATE_COLUMNS,
          rates.map((rate) => textRow(rateCells(rate))),
        )
      }
    </section>`
}

function stepRow(step: LoadStep): Markup {
  const isLate = step.p95Ms > step.p95LimitMs
  const [name = "", ...cells] = loadCells(step)
  const p95Index = LOAD_COLUMNS.indexOf("p95") - 1
  const figures = cells.map((cell, index) =>
    index === p95Index && isLate
      ? markup`<td class="figure late">${icon("warned")} ${cell}<small>limit ${latency(step.p95LimitMs)}</small></td>`
      : markup`<td class="figure">${cell}</td>`,
  )
  return markup`<tr><th scope="row">${name}</th>${figures}<td>${line(step)}</td></tr>`
}

function textRow([name = "", ...cells]: readonly string[]): Markup {
  return markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td class="figure">${cell}</td>`)}</tr>`
}

const LINE_WIDTH = 160
const LINE_HEIGHT = 28

/** p95 over time as a line; its scale is its own, so the highest value is told. */
function line({ step, p95PointsMs }: LoadStep): Markup {
  const present = p95PointsMs.flatMap((point, index) => (point === null ? [] : [{ point, index }]))
  const top = Math.max(0, ...present.map(({ point }) => point))
  const x = (index: number): string => ((index / Math.max(1, p95PointsMs.length - 1)) * (LINE_WIDTH - 4) + 2).toFixed(1)
  const y = (point: number): string => (LINE_HEIGHT - 3 - (point / Math.max(top, 1e-9)) * (LINE_HEIGHT - 6)).toFixed(1)
  const points = present.map(({ point, index }) => `${x(index)},${y(point)}`)
  const [only] = present
  return markup`
    <svg class="spark" viewBox="0 0 ${LINE_WIDTH} ${LINE_HEIGHT}" width="${LINE_WIDTH}" height="${LINE_HEIGHT}" role="img"
      aria-label="p95 of ${step} over time, at most ${latency(top)}">
      ${
        present.length === 1 && only !== undefined
          ? markup`<circle cx="${x(only.index)}" cy="${y(only.point)}" r="2"/>`
          : markup`<polyline points="${points.join(" ")}"/>`
      }
    </svg>`
}

const CHART_WIDTH = 960
const CHART_HEIGHT = 120

/** Requests over the time of the load as bars; what was wrong or put off stands out in them. */
function overTime({ timeline: { bucketMs, requests, errors, throttled }, durationMs }: Load): Content {
  const top = Math.max(...requests, 0)
  if (top === 0) return false
  const width = CHART_WIDTH / requests.length
  const bar = (count: number, index: number, above: number, name: string): Content => {
    if (count === 0) return false
    // What went wrong shows, however little it was.
    const height = Math.max(name === "answered" ? 0 : 2, (count / top) * (CHART_HEIGHT - 20))
    const y = CHART_HEIGHT - ((above + count) / top) * (CHART_HEIGHT - 20)
    return markup`<rect class="${name}" x="${(index * width + 0.5).toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(1, width - 1).toFixed(1)}" height="${height.toFixed(1)}"/>`
  }
  const perSecond = Math.round((top * 1000) / bucketMs)
  return markup`
    <figure class="over-time">
      <svg viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" role="img" aria-label="Requests over time: at most ${grouped(perSecond)} a second">
        <line x1="0" x2="${CHART_WIDTH}" y1="20" y2="20" class="grid"/>
        <text x="0" y="14">${grouped(perSecond)} a second</text>
        ${requests.map((count, index) => {
          const wrong = errors[index] ?? 0
          const late = throttled[index] ?? 0
          return [
            bar(count - wrong - late, index, 0, "answered"),
            bar(late, index, count - wrong - late, "late"),
            bar(wrong, index, count - wrong, "wrong"),
          ]
        })}
      </svg>
      <figcaption>Requests over ${duration(durationMs)}${errors.some((count) => count > 0) && "; red: wrong answers"}${throttled.some((count) => count > 0) && "; amber: 429"}</figcaption>
    </figure>`
}
