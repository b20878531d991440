/** Percentiles by the nearest rank. Imports nothing: the profiles in k6 read it too. */

/** The value that the share `rank` (0 to 1) of the sorted values does not exceed; 0 for none. */
export function percentile(sorted: readonly number[], rank: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * rank) - 1)] ?? 0
}
