/** Where SQL finds the value of an attribute (placement.ts), as expressions over `resource r` and over elements of a list. */
import { ancestryOf } from "../../store/statements.ts"
import { combine, sql } from "../../store/sql.ts"
import type { Sql } from "../../store/sql.ts"
import type { AttributeShape } from "../shape.ts"

/** How resources are addressed: what `meta.location` and `$ref` are made of. */
export interface Addressing {
  /** URL of the endpoints, without a slash at the end. */
  readonly base: string
  /** URL of the resource type with that name, without a slash at the end. */
  collectionUrl(type: string): string
  /** Names of the resource types. */
  readonly types: readonly string[]
}

/** The value of a singular attribute of `resource r`; NULL where it has none. */
export function valueExpression(attribute: AttributeShape, addressing: Addressing): Sql {
  switch (attribute.source) {
    case "document":
      return sql("json_extract(r.document, ?)", attribute.jsonPath)
    case "row":
      return rowExpression(attribute, addressing)
    case "manager":
      return managerExpression(attribute, addressing)
    case "members":
    case "groups":
    case "secret":
      throw new Error(`${attribute.label} is no value of its own.`)
  }
}

function rowExpression({ label }: AttributeShape, addressing: Addressing): Sql {
  switch (label) {
    case "id":
      return sql("r.id")
    case "meta.resourceType":
      return sql("r.type")
    case "meta.created":
      return sql("r.created")
    case "meta.lastModified":
      return sql("r.last_modified")
    case "meta.version":
      return sql(`('W/"' || r.version || '"')`)
    case "meta.location":
      return urlExpression("r", addressing)
    default:
      throw new Error(`${label} is no column.`)
  }
}

/** Derived from the manager's own row. */
function managerExpression(attribute: AttributeShape, addressing: Addressing): Sql {
  const value = attribute.name === "$ref" ? urlExpression("boss", addressing) : sql("boss.display")
  return combine`(SELECT ${value} FROM resource boss WHERE boss.id = r.manager)`
}

/** The URL of the resource in a row. */
function urlExpression(row: string, addressing: Addressing): Sql {
  const urls = addressing.types.map((type) => ["WHEN ? THEN ?", type, addressing.collectionUrl(type)] as const)
  const text = `(CASE ${row}.type ${urls.map(([branch]) => branch).join(" ")} END || '/' || ${row}.id)`
  return sql(text, ...urls.flatMap(([, type, url]) => [type, url]))
}

/** A subquery that gives the rows of a list attribute, up to its WHERE: `conditions` go on from there. */
export function someElement(attribute: AttributeShape, conditions: Sql): Sql {
  switch (attribute.source) {
    case "document":
      return combine`EXISTS (SELECT 1 FROM ${sql("json_each(r.document, ?)", attribute.jsonPath)} e WHERE ${conditions})`
    case "members":
      return combine`EXISTS (SELECT 1 FROM membership m JOIN resource x ON x.seq = m.member
        WHERE m.container = r.seq AND ${conditions})`
    case "groups":
      return combine`EXISTS (${sql(ancestryOf("r.seq"))} SELECT 1 FROM (
          SELECT seq, max(isDirect) AS isDirect FROM ancestry GROUP BY seq
        ) a JOIN resource x ON x.seq = a.seq WHERE ${conditions})`
    case "row":
    case "manager":
    case "secret":
      throw new Error(`${attribute.label} is no list.`)
  }
}

/** The value of an element's part in {@link someElement}; of the element itself without `sub`. */
export function elementExpression(
  attribute: AttributeShape,
  sub: AttributeShape | undefined,
  addressing: Addressing,
): Sql {
  if (attribute.source === "document") {
    return sub === undefined ? sql("e.value") : sql("json_extract(e.value, ?)", sub.jsonPath)
  }
  switch (sub?.name) {
    case "value":
      return sql("x.id")
    case "display":
      return sql("x.display")
    case "$ref":
      return urlExpression("x", addressing)
    case "type":
      return attribute.source === "groups" ? sql("iif(a.isDirect, 'direct', 'indirect')") : sql("x.type")
    default:
      throw new Error(`${attribute.label} has no such part.`)
  }
}
