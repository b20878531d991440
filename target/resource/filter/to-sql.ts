/**
 * A condition as SQL over `resource r`. Values are bound, never written into the text. Every leaf is true or false and
 * never NULL, or `not` would lose the absent; equality of an indexed attribute becomes a search in its index.
 */
import { COMPARISON_FUNCTIONS, INSTANT_FUNCTION } from "../../store/database.ts"
import { combine, sql } from "../../store/sql.ts"
import type { Sql } from "../../store/sql.ts"
import type { AttributeShape } from "../shape.ts"
import type { ElementCondition, ElementLeaf, Logic, ResourceCondition, ResourceLeaf, ValueTest } from "./condition.ts"
import { elementExpression, someElement, valueExpression } from "./expressions.ts"
import type { Addressing } from "./expressions.ts"

const COMPARE = { eq: "=", gt: ">", ge: ">=", lt: "<", le: "<=" } as const

/** The WHERE clause for a condition on resources. */
export function toSql(condition: ResourceCondition, addressing: Addressing): Sql {
  return logicToSql(condition, (found) => resourceLeafToSql(found, addressing))
}

/** The WHERE clause for a condition on the elements of a list; for members, over `membership m` and their `resource x`. */
export function elementsToSql(attribute: AttributeShape, condition: ElementCondition, addressing: Addressing): Sql {
  return logicToSql(condition, ({ sub, test }) => {
    const value = elementExpression(attribute, sub, addressing)
    return sub === undefined ? testToSql(test, value, attribute.source) : partToSql(sub, test, value)
  })
}

function logicToSql<Leaf>(condition: Logic<Leaf>, leafToSql: (found: Leaf) => Sql): Sql {
  switch (condition.kind) {
    case "leaf":
      return leafToSql(condition.leaf)
    case "constant":
      return sql(condition.value ? "1" : "0")
    case "not":
      return combine`NOT (${logicToSql(condition.part, leafToSql)})`
    case "all":
    case "any": {
      const parts = condition.parts.map((part) => logicToSql(part, leafToSql))
      return joined(parts, condition.kind === "all" ? "AND" : "OR")
    }
  }
}

/** Joined in halves, so that a chain of a thousand stays within the depth that SQLite parses. */
function joined(parts: readonly Sql[], operator: "AND" | "OR"): Sql {
  const [only] = parts
  if (only === undefined) return sql(operator === "AND" ? "1" : "0")
  if (parts.length === 1) return only
  const half = Math.ceil(parts.length / 2)
  const [left, right] = [joined(parts.slice(0, half), operator), joined(parts.slice(half), operator)]
  return combine`(${left} ${sql(operator)} ${right})`
}

function resourceLeafToSql(found: ResourceLeaf, addressing: Addressing): Sql {
  const { attribute } = found
  if (found.kind === "value") {
    const operand = equalText(found.test)
    if (operand !== undefined && attribute.label === "id") return sql("r.id = ?", operand)
    if (operand !== undefined && attribute.index !== undefined) return inLookup(attribute.index.name, operand)
    return partToSql(attribute, found.test, valueExpression(attribute, addressing))
  }
  const some = someElement(attribute, elementsToSql(attribute, found.element, addressing))
  const narrowed = indexedPart(attribute, found.element)
  return narrowed === undefined ? some : combine`(${narrowed} AND ${some})`
}

/** The test of a singular attribute or of a part; of a part that is a list any one value may pass. */
function partToSql(part: AttributeShape, test: ValueTest, value: Sql): Sql {
  if (!part.definition.multiValued) return testToSql(test, value, part.source)
  return combine`EXISTS (SELECT 1 FROM json_each(${value}) v WHERE ${testToSql(test, sql("v.value"), part.source)})`
}

function inLookup(index: string, key: string): Sql {
  return sql("r.seq IN (SELECT resource FROM lookup WHERE key = ? AND name = ?)", key, index)
}

/** What an index can say about a condition that an element must meet: the resources outside cannot match. */
function indexedPart(attribute: AttributeShape, condition: ElementCondition): Sql | undefined {
  if (condition.kind === "all") {
    return condition.parts.map((part) => indexedPart(attribute, part)).find((part) => part !== undefined)
  }
  return condition.kind === "leaf" ? indexedLeaf(attribute, condition.leaf) : undefined
}

function indexedLeaf(attribute: AttributeShape, { sub, test }: ElementLeaf): Sql | undefined {
  const operand = equalText(test)
  if (operand === undefined) return undefined
  if (attribute.source === "members" && sub?.name === "value") {
    return sql(
      "r.seq IN (SELECT m.container FROM resource x JOIN membership m ON m.member = x.seq WHERE x.id = ?)",
      operand,
    )
  }
  const index = (sub ?? attribute).index
  return index === undefined ? undefined : inLookup(index.name, operand)
}

function equalText(test: ValueTest): string | undefined {
  return test.kind === "text" && test.operator === "eq" ? test.operand : undefined
}

function testToSql(test: ValueTest, value: Sql, source: AttributeShape["source"]): Sql {
  switch (test.kind) {
    case "present":
      return combine`coalesce(${value}, '') <> ''`
    case "text":
      return textToSql(test, value)
    case "number":
      return combine`coalesce(${value} ${sql(`${COMPARE[test.operator]} ?`, test.operand)}, 0)`
    case "boolean":
      return test.absent === undefined
        ? combine`coalesce(${value} ${sql("= ?", Number(test.operand))}, 0)`
        : combine`coalesce(${value} ${sql(", ?) = ?", Number(test.absent), Number(test.operand))}`
    case "differs":
      return combine`NOT (${testToSql(test.test, value, source)})`
    case "instant": {
      // The columns hold instants; a document holds text.
      const instant = source === "row" ? value : combine`${sql(INSTANT_FUNCTION)}(${value})`
      return combine`coalesce(${instant} ${sql(`${COMPARE[test.operator]} ?`, test.operand)}, 0)`
    }
  }
}

function textToSql(test: Extract<ValueTest, { kind: "text" }>, value: Sql): Sql {
  const { operator, operand, comparison } = test
  const text = comparison === "verbatim" ? value : combine`${sql(COMPARISON_FUNCTIONS[comparison])}(${value})`
  switch (operator) {
    case "co":
      return combine`coalesce(instr(${text}${sql(", ?) > 0", operand)}, 0)`
    case "sw":
      return combine`coalesce(instr(${text}${sql(", ?) = 1", operand)}, 0)`
    case "ew":
      if (operand === "") return combine`${value} IS NOT NULL`
      return combine`coalesce(substr(${text}${sql(", ?) = ?", -codePointCount(operand), operand)}, 0)`
    case "eq":
    case "gt":
    case "ge":
    case "lt":
    case "le":
      return combine`coalesce(${text} ${sql(`${COMPARE[operator]} ?`, operand)}, 0)`
  }
}

/** SQLite counts characters, JavaScript halves of them. */
function codePointCount(text: string): number {
  return Array.from(text).length
}
