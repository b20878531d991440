/** What a piece of work cost this process. */

export interface Cost {
  readonly seconds: number
  /** Processor time of this process, all threads. */
  readonly cpuUs: number
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  globalThis.gc?.()
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  await work()
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return { seconds, cpuUs: user + system }
}
