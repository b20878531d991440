/** The middle value of an odd number of measurements (the upper of the two middle ones of an even number). */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error("a median needs at least one value")
  return middle
}
