/**
 * The names of the tests in a file, as vitest prints them, read from the source without running it. A title is a literal; a
 * table of `it.each` is written in place or in a constant of the same file, and its cells fill the placeholders of the
 * title. What only a run could tell stands as "…". Tests that are switched off (`skip`, `todo`, `fails`) have no name: they
 * prove nothing.
 */
import { parseSync, Visitor, type Argument, type ArrayExpressionElement, type CallExpression } from "oxc-parser"

export interface TestName {
  readonly name: string
  /** Counted from 1. */
  readonly line: number
}

/** What may stand where a title, a table or a cell is looked for. */
type Node = Argument | ArrayExpressionElement

const TEST_FUNCTIONS = new Set(["it", "test", "describe"])
const SWITCHED_OFF = new Set(["skip", "todo", "fails"])
const TABLES = new Set(["each", "for"])
const UNKNOWN = "…"

/**
 * @param path names the file in errors, and its ending the language.
 * @throws Error where the source does not parse.
 */
export function testNames(path: string, source: string): TestName[] {
  const { program, errors } = parseSync(path, source)
  const [error] = errors
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  const names: TestName[] = []
  const constants = new Map<string, Node>()
  let switchedOff = 0
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && init !== null) constants.set(id.name, init)
    },
    CallExpression(call) {
      const test = testCall(call)
      if (test?.isOff === true) switchedOff++
      const title = literalText(call.arguments[0])
      if (test === undefined || title === undefined || switchedOff > 0) return
      const line = source.slice(0, call.start).split("\n").length
      const rows = test.table === undefined ? undefined : rowsOf(test.table, constants)
      names.push(...(rows?.map((row) => filled(title, row)) ?? [title]).map((name) => ({ name, line })))
    },
    "CallExpression:exit"(call) {
      if (testCall(call)?.isOff === true) switchedOff--
    },
  }).visit(program)
  return names
}

/** `it(…)`, `describe.skip(…)`, `it.each(table)(…)`; undefined for any other call. */
function testCall(call: CallExpression): { isOff: boolean; table: Node | undefined } | undefined {
  const modifiers: string[] = []
  let callee = call.callee
  let given: Node | undefined
  while (callee.type !== "Identifier") {
    if (callee.type === "MemberExpression" && callee.property.type === "Identifier") {
      modifiers.push(callee.property.name)
      callee = callee.object
    } else if (callee.type === "CallExpression") {
      given ??= callee.arguments[0]
      callee = callee.callee
    } else {
      return undefined
    }
  }
  if (!TEST_FUNCTIONS.has(callee.name)) return undefined
  return {
    isOff: modifiers.some((modifier) => SWITCHED_OFF.has(modifier)),
    table: modifiers.some((modifier) => TABLES.has(modifier)) ? given : undefined,
  }
}

function rowsOf(table: Node, constants: ReadonlyMap<string, Node>): readonly Node[] | undefined {
  const written = bare(table)
  const rows = written?.type === "Identifier" ? bare(constants.get(written.name)) : written
  return rows?.type === "ArrayExpression" ? rows.elements : undefined
}

/** The title with the row's cells in the places of `%s` and its like, or of `$member`. */
function filled(title: string, row: Node): string {
  const written = bare(row)
  const cells = written?.type === "ArrayExpression" ? written.elements : [written]
  let next = 0
  return title.replaceAll(/%[sdifjoO]|\$(\w+)/g, (placeholder, member?: string) => {
    if (member === undefined) return literalText(cells[next++]) ?? UNKNOWN
    return written?.type === "ObjectExpression" ? (memberText(written.properties, member) ?? UNKNOWN) : placeholder
  })
}

function memberText(
  properties: Extract<Node, { type: "ObjectExpression" }>["properties"],
  member: string,
): string | undefined {
  for (const property of properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier" || property.key.name !== member) continue
    return literalText(property.value)
  }
  return undefined
}

function literalText(node: Node | undefined): string | undefined {
  const written = bare(node)
  if (written?.type === "Literal") return typeof written.value === "string" ? written.value : undefined
  if (written?.type !== "TemplateLiteral") return undefined
  return written.quasis.map(({ value }) => value.cooked ?? value.raw).join(UNKNOWN)
}

/** Without `as const`, `satisfies` and parentheses. */
function bare(node: Node | undefined): Node | undefined {
  let inner = node
  while (
    inner?.type === "TSAsExpression" ||
    inner?.type === "TSSatisfiesExpression" ||
    inner?.type === "ParenthesizedExpression"
  ) {
    inner = inner.expression
  }
  return inner
}
