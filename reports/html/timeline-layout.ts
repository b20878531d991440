/** Where things stand on a timeline: pure geometry, no markup. */
import { duration } from "../wording.ts"

/** Maps an instant (epoch milliseconds) to a horizontal position. */
export type Scale = (atMs: number) => number

/**
 * A scale on which quiet spans shrink: a story of one busy hour and thirty quiet days would otherwise be a dot and a line. The
 * width of each gap between neighbouring events grows with the logarithm of its length, so order and proportion stay readable.
 */
export function compressedScale(instants: readonly number[], width: number): Scale {
  const times = [...new Set(instants)].toSorted((a, b) => a - b)
  const offsets: number[] = []
  let total = 0
  for (const [index, time] of times.entries()) {
    const gapMinutes = index === 0 ? 0 : (time - (times[index - 1] ?? time)) / 60_000
    total += Math.log2(1 + gapMinutes)
    offsets.push(total)
  }
  const known = new Map(times.map((time, index) => [time, offsets[index] ?? 0]))
  return (atMs) => (total === 0 ? 0 : ((known.get(atMs) ?? 0) / total) * width)
}

export interface Tick {
  readonly x: number
  readonly label: string
}

/** Ticks at events, labelled with the time since the first, none closer to another than `spacing`. */
export function ticks(instants: readonly number[], scale: Scale, spacing: number): Tick[] {
  const times = [...new Set(instants)].toSorted((a, b) => a - b)
  const start = times[0] ?? 0
  const chosen: Tick[] = []
  for (const time of times) {
    const x = scale(time)
    const last = chosen.at(-1)
    if (last !== undefined && x - last.x < spacing) continue
    chosen.push({ x, label: time === start ? "start" : `+${duration(time - start)}` })
  }
  return chosen
}

/** One per pixel and kind: a year of cycles draws no more than fits on the screen. */
export function thinned<T extends { readonly x: number; readonly kind: string }>(marks: readonly T[]): T[] {
  const seen = new Map(marks.map((mark) => [`${Math.round(mark.x)} ${mark.kind}`, mark]))
  return [...seen.values()]
}

export interface Band {
  readonly from: number
  readonly to: number
  readonly state: string
}

/** Neighbouring states that are equal, as one band each; a state lasts until the next change, the last one until `end`. */
export function bands(changes: readonly { readonly x: number; readonly state: string }[], end: number): Band[] {
  const result: Band[] = []
  for (const [index, { x, state }] of changes.entries()) {
    const to = changes[index + 1]?.x ?? end
    const last = result.at(-1)
    if (last?.state === state) result[result.length - 1] = { ...last, to }
    else result.push({ from: x, to, state })
  }
  return result
}
