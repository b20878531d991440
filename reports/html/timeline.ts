/** A scenario's story on one drawing: steps, cycles, state of the job, requests and log entries over virtual time. */
import { parseInstant } from "../instant.ts"
import type { CaseResult, Cycle, Exchange } from "../model.ts"
import { dateTime } from "../wording.ts"
import { logStatus, logTime, type LogEntry } from "./log-entry.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { bands, compressedScale, thinned, ticks, type Scale } from "./timeline-layout.ts"

const WIDTH = 1000
const LEFT = 92
const RIGHT = 24
const LANE = 34
const TOP = 8

export interface Story {
  readonly result: CaseResult
  readonly cycles: readonly Cycle[]
  readonly exchanges: readonly Exchange[]
  readonly log: readonly LogEntry[]
}

/** Undefined where the story has no two moments to draw. */
export function timeline(story: Story): Markup | undefined {
  const frame = [
    ...story.result.steps.map(({ at }) => at),
    ...story.cycles.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt]),
  ]
    .flatMap((at) => parseInstant(at) ?? [])
    .toSorted((a, b) => a - b)
  const log = story.log.flatMap((entry) => parseInstant(logTime(entry)) ?? [])
  const requests = story.exchanges.flatMap(({ at }) => parseInstant(at) ?? [])
  const [start = 0, end = 0] = [frame[0], frame.at(-1)]
  if (end <= start) return undefined
  const inside = [...frame, ...log, ...requests].filter((at) => at >= start && at <= end)
  const scale = compressedScale(inside, WIDTH - LEFT - RIGHT)
  const x = (at: string): number | undefined => {
    const ms = parseInstant(at)
    return ms === undefined || ms < start || ms > end ? undefined : LEFT + scale(ms)
  }
  const lanes = [
    stepLane(story, x),
    cycleLane(story, x),
    stateLane(story, x),
    requestLane(story, x),
    logLane(story, x),
  ].filter((lane) => lane !== undefined)
  return drawing(story, lanes, axis(frame, scale))
}

type Position = (at: string) => number | undefined
interface Lane {
  readonly name: string
  readonly marks: Content
}

function drawing({ result }: Story, lanes: readonly Lane[], axisMarks: (bottom: number) => Content): Markup {
  const bottom = TOP + lanes.length * LANE
  const first = result.steps[0]
  const from = first === undefined ? "" : ` from ${dateTime(first.at)}`
  const label =
    "Timeline of steps, cycles, job state, requests and log entries; the lists and tables below it say the same"
  return markup`
    <figure class="timeline">
      <div class="scroll" tabindex="0" role="region" aria-label="Timeline, scrollable">
        <svg viewBox="0 0 ${WIDTH} ${bottom + 26}" role="img" aria-label="${label}">
          ${HATCH}${axisMarks(bottom)}${lanes.map(laneRow)}
        </svg>
      </div>
      <figcaption>
        Virtual time${from}; quiet spans are drawn shorter than they were.${" "}
        Tall blocks are initial cycles; marks below the line are refusals and failures.
      </figcaption>
    </figure>`
}

const HATCH = markup`
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch" d="M0 0V6"/>
    </pattern>
  </defs>`

function laneRow({ name, marks }: Lane, index: number): Markup {
  return markup`
    <g transform="translate(0 ${TOP + index * LANE})">
      <text class="lane" x="0" y="21">${name}</text>
      <path class="rail" d="M${LEFT} 17H${WIDTH - RIGHT}"/>
      ${marks}
    </g>`
}

/** Room that a tick's label needs. */
const TICK_SPACING = 86

function axis(frame: readonly number[], scale: Scale): (bottom: number) => Content {
  return (bottom) =>
    ticks(frame, scale, TICK_SPACING).map(({ x, label }) => {
      const at = (LEFT + x).toFixed(1)
      return markup`
        <path class="grid" d="M${at} ${TOP}V${bottom}"/>
        <text class="tick" x="${at}" y="${bottom + 17}">${label}</text>`
    })
}

/** Steps closer than this share one number badge. */
const BADGE = 22

function stepLane({ result }: Story, x: Position): Lane | undefined {
  const badges: { x: number; first: number; last: number }[] = []
  for (const [index, { at }] of result.steps.entries()) {
    const position = x(at)
    const previous = badges.at(-1)
    if (position === undefined) continue
    if (previous !== undefined && position - previous.x < BADGE) previous.last = index + 1
    else badges.push({ x: position, first: index + 1, last: index + 1 })
  }
  if (badges.length === 0) return undefined
  const marks = badges.map(({ x: at, first, last }) => {
    const label = first === last ? String(first) : `${first}–${last}`
    const width = 12 + 7 * label.length
    return markup`
      <rect class="step" x="${(at - width / 2).toFixed(1)}" y="8" width="${width}" height="18" rx="9"/>
      <text class="step" x="${at.toFixed(1)}" y="21">${label}</text>`
  })
  return { name: "Steps", marks }
}

function cycleLane({ cycles }: Story, x: Position): Lane | undefined {
  const marks = cycles.flatMap(({ kind, startedAt, endedAt, state }) => {
    const [from, to] = [x(startedAt), x(endedAt)]
    return from === undefined || to === undefined
      ? []
      : [{ x: from, width: Math.max(3, to - from), kind: `${kind} ${tone(state)}` }]
  })
  if (marks.length === 0) return undefined
  const blocks = thinned(marks).map(({ x: at, width, kind }) => {
    const [y, height] = kind.startsWith("initial") ? [6, 22] : [10, 14]
    const size = markup`width="${width.toFixed(1)}" height="${height}"`
    return markup`<rect class="cycle ${kind}" x="${at.toFixed(1)}" y="${y}" ${size} rx="1.5"/>`
  })
  return { name: "Cycles", marks: blocks }
}

function stateLane({ cycles }: Story, x: Position): Lane | undefined {
  const changes = cycles.flatMap(({ endedAt, state }) => {
    const at = x(endedAt)
    return at === undefined ? [] : [{ x: at, state }]
  })
  const marks = bands(changes, WIDTH - RIGHT).map(({ from, to, state }) => {
    const width = Math.max(2, to - from)
    const box = markup`x="${from.toFixed(1)}" y="9" width="${width.toFixed(1)}" height="16" rx="3"`
    const named = width > 8 * state.length + 8
    return markup`
      <rect class="state ${tone(state)}" ${box}/>
      ${tone(state) === "held" && markup`<rect fill="url(#hatch)" ${box}/>`}
      ${named && markup`<text class="state" x="${(from + 8).toFixed(1)}" y="21">${state}</text>`}`
  })
  return marks.length === 0 ? undefined : { name: "Job", marks }
}

/** How a job state is drawn: at work, held (quarantine), or stopped. */
function tone(state: string): "active" | "held" | "stopped" {
  if (/quarantine/i.test(state)) return "held"
  return /paused|disabled/i.test(state) ? "stopped" : "active"
}

function requestLane({ exchanges }: Story, x: Position): Lane | undefined {
  const marks = exchanges.flatMap(({ at, response, fault }) => {
    const position = x(at)
    const bad = response === null || response.status >= 400 || fault !== undefined
    return position === undefined ? [] : [{ x: position, kind: bad ? "bad" : "good" }]
  })
  return tickLane("Requests", marks)
}

function logLane({ log }: Story, x: Position): Lane | undefined {
  const marks = log.flatMap((entry) => {
    const position = x(logTime(entry))
    return position === undefined ? [] : [{ x: position, kind: logStatus(entry) === "failure" ? "bad" : "good" }]
  })
  return tickLane("Log", marks)
}

/** Good marks stand above the rail, bad ones below it. */
function tickLane(name: string, marks: readonly { readonly x: number; readonly kind: string }[]): Lane | undefined {
  if (marks.length === 0) return undefined
  const path = (kind: string, draw: string) =>
    thinned(marks.filter((mark) => mark.kind === kind))
      .map(({ x }) => `M${x.toFixed(1)} ${draw}`)
      .join("")
  return {
    name,
    marks: markup`<path class="mark good" d="${path("good", "17v-9")}"/><path class="mark bad" d="${path("bad", "17v10")}"/>`,
  }
}
