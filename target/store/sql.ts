/** Pieces of SQL with the values they bind. Text never holds a value that came from outside. */

export type SqlParam = string | number

export interface Sql {
  readonly text: string
  readonly params: readonly SqlParam[]
}

/** One piece of SQL; a `?` in `text` for each parameter, in order. */
export function sql(text: string, ...params: readonly SqlParam[]): Sql {
  return { text, params }
}

/**
 * A name of ours as a literal: of a resource type, never anything that came with a request. SQLite plans a query anew each
 * time a parameter changes that its plan may depend on; a literal spares that, ten times the cost of a lookup.
 */
export function literal(name: string): Sql {
  return sql(`'${name.replaceAll("'", "''")}'`)
}

/**
 * A template whose holes are pieces of SQL: their texts are put in place, their parameters in order.
 *
 * @example combine`${left} AND ${right}`
 */
export function combine(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const params: SqlParam[] = []
  let text = strings[0] ?? ""
  for (const [index, piece] of pieces.entries()) {
    text += piece.text + (strings[index + 1] ?? "")
    params.push(...piece.params)
  }
  return { text, params }
}
