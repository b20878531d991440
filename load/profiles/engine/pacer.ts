/** When the next request of a tenant may go: at most so many a second, and never before a Retry-After is over. */

/** What was missed through slow answers is caught up within this, never later at once. */
const CATCH_UP_MS = 1000

export class Pacer {
  #intervalMs = 0
  #slotMs = Date.now()
  #resumeMs = 0
  #queue = Promise.resolve()

  /** From the next turn on. `rate`: requests a second; null for no limit. */
  setRate(rate: number | null): void {
    this.#intervalMs = rate === null ? 0 : 1000 / rate
    this.#slotMs = Date.now()
  }

  /** Nothing goes before this moment (a Retry-After, which stops the tenant's whole job: ENG-RETRY-11, disputed). */
  pauseUntil(resumeMs: number): void {
    this.#resumeMs = Math.max(this.#resumeMs, resumeMs)
  }

  /** Resolves when the next request may go, in the order of the calls. */
  async turn(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#next())
    await this.#queue
  }

  async #next(): Promise<void> {
    this.#slotMs = Math.max(this.#slotMs + this.#intervalMs, Date.now() - CATCH_UP_MS)
    await waitUntil(this.#slotMs)
    while (this.#resumeMs > Date.now()) await waitUntil(this.#resumeMs)
  }
}

/** Resolves at that moment; at once where it has passed. */
export async function waitUntil(atMs: number): Promise<void> {
  const delayMs = atMs - Date.now()
  if (delayMs <= 0) return
  await new Promise<void>((resolve) => {
    setTimeout(resolve, delayMs)
  })
}
