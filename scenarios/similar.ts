/** Finds what somebody may have meant among long ids, where parts count more than letters. */

/** Up to three candidates that share most of their parts with what was typed; the best first. */
export function similarTo(typed: string, candidates: Iterable<string>): string[] {
  const wanted = partsOf(typed)
  return [...candidates]
    .map((candidate) => ({ candidate, likeness: likeness(wanted, partsOf(candidate)) }))
    .filter(({ likeness }) => likeness > 0.3)
    .sort((a, b) => b.likeness - a.likeness || a.candidate.localeCompare(b.candidate, "en"))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** Dice's coefficient: shared parts in relation to all. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * a.intersection(b).size) / Math.max(1, a.size + b.size)
}

/** Neighbouring letter pairs, so that a slip of the finger costs two or three of them. */
function partsOf(text: string): ReadonlySet<string> {
  const letters = text.toLowerCase()
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2)))
}
