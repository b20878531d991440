/**
 * When a batch of writes goes to the disk. Whoever waits for an answer writes again soon after it, so that as many as were
 * waiting together before will be there together again: waiting for the last of them makes one commit of two. Where they do
 * not come, nearly nothing is lost: the wait is short, and each wait in vain makes the next one rarer.
 */

/** After that many batches at once, waiting is tried again at the latest. */
const MAX_REST = 64

export class Gathering {
  #expected = 1
  /** So many batches go at once before waiting is tried again. */
  #rest = 0
  #nextRest = 1

  /** Whether more are likely to come than the `waiting` that are there. */
  shouldWait(waiting: number): boolean {
    return this.#rest === 0 && waiting < this.#expected
  }

  /** A batch goes that was waited for: all came that were expected, or it was in vain. */
  waited(isInVain: boolean): void {
    this.#rest = isInVain ? this.#nextRest : 0
    this.#nextRest = isInVain ? Math.min(this.#nextRest * 2, MAX_REST) : 1
  }

  /** A batch goes at once. */
  wentAtOnce(): void {
    this.#rest = Math.max(0, this.#rest - 1)
  }

  /** So many were told how their writes went, or have come meanwhile. */
  sawTogether(count: number): void {
    this.#expected = count
  }
}
