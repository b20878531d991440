/**
 * The filter that clients send all day: one indexed attribute that equals a text, `userName eq "ada@example.com"`. It goes
 * straight to the index, without a syntax tree, a condition and SQL for each request. What the attribute means is asked of
 * the real parser and resolver, once for each spelling; a property test holds both ways to the same answers.
 */
import { FilterSyntaxError, parseFilter } from "../../../protocol/index.ts"
import { Memo } from "../../memo.ts"
import { ScimError } from "../../scim-error.ts"
import type { LookupKey } from "../../store/resource-store.ts"
import type { Tolerances } from "../../tolerances.ts"
import type { ValueIndex } from "../placement.ts"
import type { ResourceShape } from "../shape.ts"
import { comparable } from "../text.ts"
import type { Comparison } from "../text.ts"
import type { ElementCondition, ResourceCondition, ValueTest } from "./condition.ts"
import { resolveFilter } from "./resolve.ts"

/** The one key that the resources have. */
export type Lookup = Pick<LookupKey, "name" | "key">

/** Where a text is looked up, and how it is made comparable. */
interface Place {
  readonly name: string
  readonly comparison: Comparison
}

/** A text without escapes stands for itself; what JSON would refuse in it is left to the parser. */
const EQUALITY = /^([A-Za-z0-9$_.:-]+) eq "([^"\\\p{Cc}\p{Cs}]*)"$/iu

export class LookupReader {
  readonly #shape: ResourceShape
  readonly #tolerances: Tolerances
  readonly #maxLength: number
  readonly #places = new Memo<Place | "none">()

  /** Filters longer than `maxLength` characters are left to the parser, which refuses them. */
  constructor(shape: ResourceShape, tolerances: Tolerances, maxLength: number) {
    this.#shape = shape
    this.#tolerances = tolerances
    this.#maxLength = maxLength
  }

  /** What the filter looks up; undefined where it asks for anything else, or is wrong. */
  read(filter: string): Lookup | undefined {
    if (filter.length > this.#maxLength) return undefined
    const [, attribute, value] = EQUALITY.exec(filter) ?? []
    if (attribute === undefined || value === undefined) return undefined
    const place = this.#places.recall(attribute, () => this.#findPlace(attribute))
    return place === "none" ? undefined : { name: place.name, key: comparable(place.comparison, value) }
  }

  #findPlace(attribute: string): Place | "none" {
    try {
      return placeOf(resolveFilter(this.#shape, parseFilter(`${attribute} eq "x"`), this.#tolerances)) ?? "none"
    } catch (error) {
      if (error instanceof FilterSyntaxError || error instanceof ScimError) return "none"
      throw error
    }
  }
}

function placeOf(condition: ResourceCondition): Place | undefined {
  if (condition.kind !== "leaf") return undefined
  const { leaf } = condition
  if (leaf.kind === "value") return placeFor(leaf.test, leaf.attribute.index)
  return placeOfElement(leaf.element, leaf.attribute.index)
}

function placeOfElement(condition: ElementCondition, own: ValueIndex | undefined): Place | undefined {
  if (condition.kind !== "leaf") return undefined
  const { sub, test } = condition.leaf
  return placeFor(test, sub === undefined ? own : sub.index)
}

function placeFor(test: ValueTest, index: ValueIndex | undefined): Place | undefined {
  if (index === undefined || test.kind !== "text" || test.operator !== "eq") return undefined
  return { name: index.name, comparison: test.comparison }
}
