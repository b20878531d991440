/**
 * Answers that hang on a text alone are remembered: the same token, media type, PATCH path or list of attributes comes with
 * one request after the other. What is remembered is never needed: it only spares the work of computing it again.
 */

/** Longer texts are not worth keeping. */
const MAX_TEXT_LENGTH = 1024

/**
 * The answers for the texts asked for last, in bounded memory: each answer lives through one generation after it was asked
 * for. Results must not be changed by whoever gets them.
 */
export class Memo<Result> {
  readonly #size: number
  #young = new Map<string, Result>()
  #old: ReadonlyMap<string, Result> = new Map()

  /** `size`: how many answers a generation has; there are two. */
  constructor(size = 500) {
    this.#size = size
  }

  /** The answer for `text`, computed where it is not known. An error that `compute` throws is not remembered. */
  recall(text: string, compute: (text: string) => Result): Result {
    const young = this.#young.get(text)
    if (young !== undefined) return young
    const answer = this.#old.get(text) ?? compute(text)
    if (text.length > MAX_TEXT_LENGTH) return answer
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, answer)
    return answer
  }
}
