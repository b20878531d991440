/** Which words differ between what was expected and what came. */

/** Words of one side in order, spaces included; `differs` where the other side lacks them. */
export interface DiffPart {
  readonly text: string
  readonly differs: boolean
}

/** Longer texts are shown unmarked: the table of words would grow with the square of their length. */
const WORDS_MAX = 200
/** Below this share of common words a marked-up text says less than a plain one. */
const COMMON_MIN = 0.3

/** Compares word by word. Texts with little in common come back whole and unmarked. */
export function wordDiff(
  expected: string,
  actual: string,
): { readonly expected: DiffPart[]; readonly actual: DiffPart[] } {
  const [left, right] = [wordsOf(expected), wordsOf(actual)]
  const longest = Math.max(left.length, right.length)
  const common = longest > WORDS_MAX ? [] : longestCommon(left, right)
  if (common.length < COMMON_MIN * longest) {
    return { expected: [{ text: expected, differs: false }], actual: [{ text: actual, differs: false }] }
  }
  return {
    expected: partsOf(expected, new Set(common.map(([index]) => index))),
    actual: partsOf(actual, new Set(common.map(([, index]) => index))),
  }
}

function wordsOf(text: string): string[] {
  return text.match(/\S+/g) ?? []
}

/** Index pairs of a longest common subsequence. */
function longestCommon(left: readonly string[], right: readonly string[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = left.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? new Uint16Array()
    for (let j = right.length - 1; j >= 0; j--) {
      row[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: (readonly [number, number])[] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** Neighbours of the same kind as one part; the space between two words that differ belongs to them. */
function partsOf(text: string, common: ReadonlySet<number>): DiffPart[] {
  const parts: { text: string; differs: boolean }[] = []
  let word = 0
  for (const token of text.match(/\s+|\S+/g) ?? []) {
    const space = token.trim() === ""
    const differs = space ? parts.at(-1)?.differs === true && !common.has(word) : !common.has(word++)
    const last = parts.at(-1)
    if (last?.differs === differs) last.text += token
    else parts.push({ text: token, differs })
  }
  return parts
}
