/** Stopping a run from outside, in good order. */
import { CaseInterrupted } from "./endings.ts"

/**
 * Starts and awaits work, unless the user stopped the run, and stops waiting when they do.
 * @throws CaseInterrupted then.
 */
export async function untilAborted<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new CaseInterrupted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(new CaseInterrupted())
  signal.addEventListener("abort", stop, { once: true })
  try {
    return await Promise.race([start(), aborted])
  } finally {
    signal.removeEventListener("abort", stop)
  }
}
