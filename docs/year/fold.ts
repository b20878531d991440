/** Folds repetition: of a sequence of blocks that look alike but for names, the first is told, and how often it came again. */

/** A block of items, and how many of the same shape followed it at once. */
export interface Folded<T> {
  readonly items: readonly T[]
  readonly repeats: number
}

/** Blocks of up to this many items are looked for. */
const BLOCK_SIZE_MAX = 2
/** Fewer repetitions than this are told in full. */
const REPEATS_MIN = 2

/** Covers the items from the left, each time by the block whose repetition covers most. */
export function fold<T>(items: readonly T[], shapeOf: (item: T) => string): Folded<T>[] {
  const shapes = items.map(shapeOf)
  const folded: Folded<T>[] = []
  for (let at = 0; at < items.length;) {
    const best = bestBlock(shapes, at)
    folded.push({ items: items.slice(at, at + best.size), repeats: best.repeats })
    at += best.size * (best.repeats + 1)
  }
  return folded
}

function bestBlock(shapes: readonly string[], at: number): { size: number; repeats: number } {
  let best = { size: 1, repeats: 0 }
  for (let size = 1; size <= BLOCK_SIZE_MAX; size++) {
    const repeats = countRepeats(shapes, at, size)
    if (repeats >= REPEATS_MIN && repeats * size > best.repeats * best.size) best = { size, repeats }
  }
  return best
}

function countRepeats(shapes: readonly string[], at: number, size: number): number {
  const isSame = (from: number): boolean => {
    for (let offset = 0; offset < size; offset++) {
      if (from + offset >= shapes.length || shapes[from + offset] !== shapes[at + offset]) return false
    }
    return true
  }
  let repeats = 0
  while (isSame(at + size * (repeats + 1))) repeats++
  return repeats
}
