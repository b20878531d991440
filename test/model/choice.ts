/** How the numbers of an event choose among those whom it fits. */

/** One of those that fit, by number; undefined where none does. */
export function chosen<T>(all: readonly T[], number: number, fits: (one: T) => boolean = () => true): T | undefined {
  const fitting = all.filter(fits)
  return fitting[number % Math.max(1, fitting.length)]
}

/** Several by number, each at most once. */
export function several<T>(all: readonly T[], numbers: readonly number[], fits: (one: T) => boolean): readonly T[] {
  return [...new Set(numbers.map((number) => chosen(all, number, fits)).filter((one) => one !== undefined))]
}
