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
 * A template whose holes are pieces of SQL: their texts are put in place, their parameters in order.
 *
 * @example combine`${left} AND ${right}`
 */
export function combine(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const text = strings.map((part, index) => part + (pieces[index]?.text ?? "")).join("")
  return { text, params: pieces.flatMap(({ params }) => params) }
}
