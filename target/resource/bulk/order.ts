/**
 * The order of a job: each operation behind those it refers to, otherwise as given (RFC7644-3.7-13). Operations that refer
 * to each other in a circle come as one group, to be done together (RFC7644-3.7.1-01).
 */

/** Groups of positions; `dependencies[n]` are the positions that the operation in position n refers to. */
export function inOrderOfReference(dependencies: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  return new CircleFinder(dependencies).find()
}

/** Tarjan's algorithm: a circle is complete when the walk comes back to the first of it that was met. */
class CircleFinder {
  readonly #dependencies: readonly ReadonlySet<number>[]
  /** In which order positions were met. */
  readonly #met = new Map<number, number>()
  readonly #open: number[] = []
  readonly #groups: (readonly number[])[] = []

  constructor(dependencies: readonly ReadonlySet<number>[]) {
    this.#dependencies = dependencies
  }

  find(): readonly (readonly number[])[] {
    for (const position of this.#dependencies.keys()) if (!this.#met.has(position)) this.#walk(position)
    return this.#groups
  }

  /** Gives the earliest, in the order of meeting, that can be reached from the position. */
  #walk(position: number): number {
    const order = this.#met.size
    this.#met.set(position, order)
    this.#open.push(position)
    let earliest = order
    for (const next of this.#dependencies[position] ?? []) {
      if (!this.#met.has(next)) earliest = Math.min(earliest, this.#walk(next))
      else if (this.#open.includes(next)) earliest = Math.min(earliest, this.#met.get(next) ?? earliest)
    }
    if (earliest === order) {
      this.#groups.push(this.#open.splice(this.#open.indexOf(position)).toSorted((left, right) => left - right))
    }
    return earliest
  }
}
