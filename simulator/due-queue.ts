/** Something that falls due: ordered by instant, then by registration. */
export interface DueItem {
  readonly atMs: number
  readonly seq: number
}

/** Whether `a` comes before `b`. */
function isEarlier(a: DueItem, b: DueItem): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.seq < b.seq)
}

/** A priority queue of due items (binary heap): push and pop cost the logarithm of its length. */
export class DueQueue<T extends DueItem> {
  readonly #heap: T[] = []

  /** The item due first, left in place. */
  peek(): T | undefined {
    return this.#heap[0]
  }

  push(item: T): void {
    const heap = this.#heap
    let index = heap.length
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex]
      if (parent === undefined || !isEarlier(item, parent)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = item
  }

  /** Takes out the item due first. */
  pop(): T | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last !== undefined && this.#heap.length > 0) this.#sink(last)
    return first
  }

  /** Places `item` from the root downwards. */
  #sink(item: T): void {
    const heap = this.#heap
    let index = 0
    for (;;) {
      const childIndex = this.#earlierChild(index)
      const child = heap[childIndex]
      if (child === undefined || !isEarlier(child, item)) break
      heap[index] = child
      index = childIndex
    }
    heap[index] = item
  }

  #earlierChild(index: number): number {
    const left = this.#heap[2 * index + 1]
    const right = this.#heap[2 * index + 2]
    return left !== undefined && right !== undefined && isEarlier(right, left) ? 2 * index + 2 : 2 * index + 1
  }
}
