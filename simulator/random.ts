/**
 * Chance and ids. Inside a run both come from one seed; only what is called `system…` asks the machine.
 */
import type { IdSource, Random } from "../protocol/time.ts"

/** The four words of a generator's state. */
type State = [number, number, number, number]

const UINT32_COUNT = 2 ** 32

/** Spreads the bits of a word (the finisher of MurmurHash3). */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A state that depends on every character of `text`: four FNV-1a hashes with different starts, each mixed. */
function toState(text: string): State {
  const state: State = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162]
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    state[0] = Math.imul(state[0] ^ unit, 0x01000193)
    state[1] = Math.imul(state[1] ^ unit, 0x01000193) ^ state[0]
    state[2] = Math.imul(state[2] ^ unit, 0x01000193) ^ state[1]
    state[3] = Math.imul(state[3] ^ unit, 0x01000193) ^ state[2]
  }
  return [mix(state[0]), mix(state[1]), mix(state[2]), mix(state[3])]
}

/** The sfc32 generator (Chris Doty-Humphrey, PractRand; public domain): moves the state on and gives 32 bits. */
function nextWord(state: State): number {
  const sum = (((state[0] + state[1]) | 0) + state[3]) | 0
  state[3] = (state[3] + 1) | 0
  state[0] = state[1] ^ (state[1] >>> 9)
  state[1] = (state[2] + (state[2] << 3)) | 0
  state[2] = (((state[2] << 21) | (state[2] >>> 11)) + sum) | 0
  return sum >>> 0
}

/** How many words a fresh generator throws away, so that similar seeds share nothing. */
const WARM_UP_WORDS = 12

/** A stream is named by its seed and the labels of its forks; nothing else goes into it. */
function createStream(name: readonly (number | string)[]): Random {
  const state = toState(JSON.stringify(name))
  for (let count = 0; count < WARM_UP_WORDS; count++) nextWord(state)
  const next = (): number => ((nextWord(state) >>> 5) * 2 ** 26 + (nextWord(state) >>> 6)) / 2 ** 53
  const int = (maxExclusive: number): number => {
    if (!Number.isSafeInteger(maxExclusive) || maxExclusive < 1) {
      throw new RangeError(`An integer is drawn below a positive integer; got ${maxExclusive}.`)
    }
    return Math.floor(next() * maxExclusive)
  }
  return {
    next,
    int,
    pick(items) {
      if (items.length === 0) throw new RangeError("There is nothing to pick from: the list is empty.")
      return items[int(items.length)] as (typeof items)[number]
    },
    fork: (label) => createStream([...name, label]),
  }
}

/** Seeded chance: the same seed gives the same stream on every machine. The seed is a finite number. */
export function createRandom(seed: number): Random {
  if (!Number.isFinite(seed)) throw new RangeError(`A seed is a finite number; got ${seed}.`)
  return createStream([seed])
}

function toHex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0")
}

const HEX_BYTES = Array.from({ length: 256 }, (_, byte) => toHex(byte, 2))

/** Sixteen bits as four digits. Ids are drawn by the million, so this looks digits up. */
function hexOf(bits: number): string {
  return `${HEX_BYTES[(bits >>> 8) & 0xff]}${HEX_BYTES[bits & 0xff]}`
}

/** Random UUIDs (RFC 4122 §4.4, version 4) drawn from seeded chance: the same stream gives the same ids. */
export function createIdSource(random: Random): IdSource {
  const stream = random.fork("ids")
  return {
    next() {
      const a = stream.int(UINT32_COUNT)
      const b = stream.int(UINT32_COUNT)
      const c = stream.int(UINT32_COUNT)
      const d = stream.int(UINT32_COUNT)
      const version = 0x4000 | (b & 0x0fff)
      const variant = 0x8000 | (c >>> 18)
      const node = `${hexOf(c)}${hexOf(d >>> 16)}${hexOf(d)}`
      return `${hexOf(a >>> 16)}${hexOf(a)}-${hexOf(b >>> 16)}-${hexOf(version)}-${hexOf(variant)}-${node}`
    },
  }
}

/** Ids from the machine's own chance. */
export const systemIds: IdSource = { next: () => crypto.randomUUID() }

/**
 * Ids that begin with the time (RFC 9562 §5.7, version 7): what is made together lies together in a database's index, so
 * that storing a new resource touches the end of it and not a page somewhere.
 */
export const systemOrderedIds: IdSource = {
  next() {
    const time = toHex(Date.now(), 12)
    // Chance where version 4 has it as well: behind its version digit.
    return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
  },
}

/** A seed from the machine's own chance: an integer that is easy to type again. */
export function systemSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
}
