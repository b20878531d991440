/**
 * A fixture writer: makes a million of one. The real thing stores one person, whose every text carries a number of twelve
 * digits; then each row about that person is copied, with the number replaced, in SQL and in one go. So the rows are those
 * that the stores write themselves, whatever their tables look like.
 */
import Database from "better-sqlite3"

/** The number of the person who is copied; ids and names of that person carry it. */
export const TEMPLATE = "000000000001"

/** A table with rows about the person. */
interface CopiedTable {
  readonly name: string
  /** Columns of whole numbers, with how much higher each next person's are than the one's before. */
  readonly steps: Readonly<Record<string, number>>
}

/**
 * Copies every row that carries the template's number so often that there are `count` persons. Not durable, and not undone where
 * it fails: it is for files that are thrown away.
 */
export function multiply(file: string, tables: readonly CopiedTable[], count: number): void {
  const database = new Database(file)
  database.pragma("journal_mode = OFF")
  database.pragma("synchronous = OFF")
  for (const table of tables) copyRows(database, table, count)
  database.close()
}

function copyRows(database: Database.Database, { name, steps }: CopiedTable, count: number): void {
  const columns = database.prepare<[], { name: string; type: string }>(`pragma table_info(${name})`).all()
  const isText = ({ type }: { type: string }): boolean => type.toLowerCase() === "text"
  const values = columns.map((column) => {
    const step = steps[column.name]
    if (step !== undefined) return `row.${column.name} + (number - 1) * ${step}`
    return isText(column) ? `replace(row.${column.name}, '${TEMPLATE}', printf('%012d', number))` : `row.${column.name}`
  })
  const carries = columns.filter(isText).map((column) => `${column.name} like '%${TEMPLATE}%'`)
  database.exec(`
    create temp table template as select * from ${name} where ${carries.join(" or ")};
    with recursive numbers (number) as (select 2 union all select number + 1 from numbers where number < ${count})
    insert into ${name} select ${values.join(", ")} from numbers cross join template as row;
    drop table template;
  `)
}

/** The text of the template, for the person of that number. */
export function numbered(text: string, number: number): string {
  return text.replace(TEMPLATE, number.toString().padStart(TEMPLATE.length, "0"))
}

/** Ids that carry the template's number, each with another beginning. */
export function templateIds(): { next(): string } {
  let drawn = 0
  return { next: () => `${(drawn++).toString(16).padStart(8, "0")}-0000-4000-8000-${TEMPLATE}` }
}
