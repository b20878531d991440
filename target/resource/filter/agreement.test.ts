/** A condition has two evaluators, one in SQL and one in memory. Neither is the yardstick for the other: they must agree. */
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { ENTERPRISE_USER_SCHEMA, USER_RESOURCE_TYPE, USER_SCHEMA } from "../../../protocol/index.ts"
import type { Filter } from "../../../protocol/index.ts"
import type { JsonObject } from "../../json.ts"
import { openDatabase } from "../../store/database.ts"
import { ScimError } from "../../scim-error.ts"
import { tolerancesOf } from "../../tolerances.ts"
import { filterVectors } from "../../vectors.ts"
import { createShape, findAttribute } from "../shape.ts"
import type { AttributeShape } from "../shape.ts"
import type { ElementCondition } from "./condition.ts"
import { matches } from "./matches.ts"
import { resolveElementFilter } from "./resolve.ts"
import { elementsToSql } from "./to-sql.ts"

const shape = createShape(USER_RESOURCE_TYPE, [USER_SCHEMA, ENTERPRISE_USER_SCHEMA, ...filterVectors.extensionSchemas])
const database = openDatabase(":memory:")
const addressing = {
  base: "https://example.com/v2",
  types: ["User"],
  collectionUrl: () => "https://example.com/v2/Users",
}

function attributeNamed(name: string): AttributeShape {
  const found = findAttribute(shape, { name })
  if (found.kind === "unknown") throw new Error(`No ${name}.`)
  return found.attribute
}
const emails = attributeNamed("emails")

const word = fc.constantFrom("", "a", "A", "work", "WORK", "é", "e\u0301", "ß", "\u{1f680}", "a.b", "%", "_", '"', "\\")
const text = fc.oneof(
  word,
  fc.string({ unit: "grapheme", maxLength: 4 }).filter((one) => !one.includes("\0")),
)
const element: fc.Arbitrary<JsonObject> = fc.record(
  { value: text, display: text, type: text, primary: fc.boolean() },
  { requiredKeys: [] },
)
const operator = fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le")
const comparison: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant("compare"),
    path: fc.record({ name: fc.constantFrom("value", "type", "DISPLAY") }),
    operator,
    value: fc.oneof(text, fc.constant(null)),
  }),
  fc.record({
    kind: fc.constant("compare"),
    path: fc.constant({ name: "primary" }),
    operator: fc.constantFrom("eq", "ne"),
    value: fc.constantFrom(true, false, null),
  }),
  fc.record({ kind: fc.constant("present"), path: fc.record({ name: fc.constantFrom("value", "type", "primary") }) }),
)
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constantFrom("and", "or"),
      left: tie("filter"),
      right: tie("filter"),
    }) as fc.Arbitrary<Filter>,
    fc.record({ kind: fc.constant("not"), operand: tie("filter") }) as fc.Arbitrary<Filter>,
  ),
}))

function resolved(tree: Filter): ElementCondition | undefined {
  try {
    return resolveElementFilter(emails, tree, tolerancesOf("rfc"))
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

function foundBySql(condition: ElementCondition, elements: readonly JsonObject[]): readonly unknown[] {
  const where = elementsToSql(emails, condition, addressing)
  const rows = database.prepare<unknown[], { key: number }>(
    `SELECT e.key FROM json_each(?) e WHERE ${where.text} ORDER BY e.key`,
  )
  return rows.all(JSON.stringify(elements), ...where.params).map(({ key }) => key)
}

it("RFC7644-3.4.2.2-13 RFC7644-3.5.2-06 selects the same elements in a query and in a PATCH path", () => {
  let compared = 0
  fc.assert(
    fc.property(filter, fc.array(element, { maxLength: 4 }), (tree, elements) => {
      const condition = resolved(tree)
      if (condition === undefined) return
      compared += 1
      const inMemory = elements.flatMap((one, index) => (matches(condition, one) ? [index] : []))
      expect(foundBySql(condition, elements)).toEqual(inMemory)
    }),
    { numRuns: 1000 },
  )
  expect(compared).toBeGreaterThan(200)
})
