/** Compares what the endpoint holds after the load with what the plan says it must hold. Pure. */
import type { AttributeValues } from "../plan/attribute-values.ts"
import type { EndState, EndValue, ObjectName } from "../plan/plan.ts"

/** An object as it was found by its matching attribute. */
export interface FoundObject {
  /** How many the search found. */
  readonly total: number
  /** Of the first; null where nothing was found. */
  readonly id: string | null
  readonly attributes: AttributeValues
  /** Ids, of a group. */
  readonly members: readonly string[]
}

export type Found = ReadonlyMap<ObjectName, FoundObject>

export type Difference =
  | { readonly kind: "lost"; readonly name: ObjectName }
  | { readonly kind: "doubled"; readonly name: ObjectName; readonly total: number }
  | { readonly kind: "not-gone"; readonly name: ObjectName }
  | {
      readonly kind: "wrong-value"
      readonly name: ObjectName
      readonly path: string
      readonly expected: EndValue
      readonly actual: EndValue | null
    }
  | { readonly kind: "member-lost"; readonly name: ObjectName; readonly member: ObjectName }
  | { readonly kind: "member-doubled"; readonly name: ObjectName; readonly member: ObjectName; readonly total: number }
  /** Somebody who should not be in the group; `member` is an id where it is nobody of the plan. */
  | { readonly kind: "member-extra"; readonly name: ObjectName; readonly member: string }

export interface EndComparison {
  readonly differences: readonly Difference[]
  /** Attributes that no object holds as planned: the endpoint keeps them differently, load or not. */
  readonly notKept: readonly string[]
}

/**
 * Everything that is not as planned. What `found` does not hold could not be read, and is not judged; nor is what a write was
 * about that was not answered as expected (`missed`: the object, or a group and its members): it may be applied or not.
 */
export function compareEndState(
  endState: EndState,
  found: Found,
  missed: readonly (readonly string[])[] = [],
): EndComparison {
  const comparison = compareAll(endState, found)
  if (missed.length === 0) return comparison
  const keys = new Set(missed.flatMap(keysOf))
  const differences = comparison.differences.filter(
    (difference) =>
      !keys.has(difference.name) && !("member" in difference && keys.has(`${difference.name} ${difference.member}`)),
  )
  return { ...comparison, differences }
}

/** A group with its members stands for those memberships; anything else for itself, whatever it refers to. */
function keysOf([name = "", ...others]: readonly string[]): readonly string[] {
  return name.startsWith("group.") && others.length > 0 ? others.map((member) => `${name} ${member}`) : [name]
}

function compareAll(endState: EndState, found: Found): EndComparison {
  const idOf = (name: ObjectName): string | null => found.get(name)?.id ?? null
  const values = [...endState.users, ...endState.groups].flatMap(({ name, attributes }) => {
    const object = found.get(name)
    if (object === undefined || object.total === 0) return []
    return Object.entries(attributes).map(([path, planned]) => {
      const expected = withId(planned, idOf)
      const actual = object.attributes[path] ?? null
      return { name, path, expected, actual, isRight: actual !== null && isSame(expected, actual) }
    })
  })
  const paths = Map.groupBy(values, ({ path }) => path)
  // One object alone can't tell a habit of the endpoint from a loss.
  const notKept = [...paths]
    .filter(([, group]) => group.length > 1 && group.every(({ isRight }) => !isRight))
    .map(([path]) => path)
  const wrong = values.filter(({ isRight, path }) => !isRight && !notKept.includes(path))
  return {
    notKept,
    differences: [
      ...[...endState.users, ...endState.groups].flatMap(({ name }) => presence(name, found.get(name))),
      ...endState.gone.flatMap(({ name }): Difference[] =>
        (found.get(name)?.total ?? 0) > 0 ? [{ kind: "not-gone", name }] : [],
      ),
      ...wrong.map(({ name, path, expected, actual }): Difference => ({
        kind: "wrong-value",
        name,
        path,
        expected,
        actual,
      })),
      ...endState.groups.flatMap(({ name, members }) => membership(name, members, found, endState)),
    ],
  }
}

function presence(name: ObjectName, object: FoundObject | undefined): Difference[] {
  if (object === undefined || object.total === 1) return []
  return [object.total === 0 ? { kind: "lost", name } : { kind: "doubled", name, total: object.total }]
}

function membership(name: ObjectName, expected: readonly ObjectName[], found: Found, { gone }: EndState): Difference[] {
  const group = found.get(name)
  if (group === undefined || group.total === 0) return []
  const counts = new Map<string, number>()
  for (const id of group.members) counts.set(id, (counts.get(id) ?? 0) + 1)
  const differences: Difference[] = []
  for (const member of expected) {
    const id = found.get(member)?.id
    // Whoever is lost is told so once, not for each of their groups.
    if (id === undefined || id === null) continue
    const total = counts.get(id) ?? 0
    if (total === 0) differences.push({ kind: "member-lost", name, member })
    if (total > 1) differences.push({ kind: "member-doubled", name, member, total })
    counts.delete(id)
  }
  const names = new Map([...found].flatMap(([known, { id }]) => (id === null ? [] : [[id, known] as const])))
  for (const id of counts.keys()) {
    // Ids of deleted people may stay behind: SCIM asks nothing else (RFC 7643 §4.2 is silent).
    if (gone.length > 0 && !names.has(id)) continue
    differences.push({ kind: "member-extra", name, member: names.get(id) ?? id })
  }
  return differences
}

function withId(value: EndValue, idOf: (name: ObjectName) => string | null): EndValue {
  const name = typeof value === "string" ? /^\{((?:user|group)\.\d+)\}$/.exec(value)?.[1] : undefined
  return name === undefined ? value : (idOf(name as ObjectName) ?? value)
}

/** Texts in whatever case and booleans in whatever form the endpoint keeps: a lost write shows in neither. */
function isSame(expected: EndValue, actual: EndValue): boolean {
  return String(expected).toLowerCase() === String(actual).toLowerCase()
}
