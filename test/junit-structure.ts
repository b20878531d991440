/**
 * What strict JUnit readers ask for, by hand, as no XSD tool is installed: well-formed XML 1.0; `testsuites` of `testsuite`
 * of `properties` then `testcase`; in a test case at most one of skipped, failure, error, then system-out; the attributes of
 * the pytest xunit2 schema; counts that add up; no two test cases alike.
 */

interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

/** Attributes by element: required, in any order, and nothing else. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ["name", "tests", "failures", "errors", "skipped", "time"],
  testsuite: ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"],
  properties: [],
  property: ["name", "value"],
  testcase: ["classname", "name", "time"],
  skipped: ["message"],
  failure: ["message", "type"],
  error: ["message", "type"],
  "system-out": [],
}

/** Names of the children, in order, as a pattern. */
const CHILDREN: Readonly<Record<string, RegExp>> = {
  testsuites: /^(testsuite )*$/,
  testsuite: /^properties (testcase )*$/,
  properties: /^(property )+$/,
  testcase: /^((skipped|failure|error) )?(system-out )?$/,
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  time: /^\d+\.\d{3}$/,
  timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
}

/** What is wrong with the document; empty when nothing is. Throws where it is not even XML. */
export function junitProblems(xml: string): string[] {
  const root = parseXml(xml)
  const problems = root.name === "testsuites" ? [] : [`the root is ${root.name}`]
  for (const element of descendants(root)) problems.push(...elementProblems(element))
  const suites = root.children
  problems.push(...countProblems(root, suites.flatMap(testCases)))
  for (const suite of suites) problems.push(...countProblems(suite, testCases(suite)))
  const names = suites
    .flatMap(testCases)
    .map(({ attributes }) => `${attributes.get("classname")} ${attributes.get("name")}`)
  if (new Set(names).size < names.length) problems.push("two test cases have the same classname and name")
  return problems
}

function testCases(suite: XmlElement): XmlElement[] {
  return suite.children.filter(({ name }) => name === "testcase")
}

function descendants(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(descendants)]
}

function elementProblems({ name, attributes, children }: XmlElement): string[] {
  const wanted = ATTRIBUTES[name]
  if (wanted === undefined) return [`unknown element ${name}`]
  const problems: string[] = []
  if ([...attributes.keys()].toSorted().join() !== wanted.toSorted().join()) {
    problems.push(`${name} has the attributes ${[...attributes.keys()].join(", ")}`)
  }
  for (const [key, value] of attributes) {
    if (FORMATS[key]?.test(value) === false) problems.push(`${name} has ${key}="${value}"`)
    if (/[\n\r]/.test(value)) problems.push(`${name} has a line break in ${key}`)
  }
  const order = children.map((child) => `${child.name} `).join("")
  if (!(CHILDREN[name] ?? /^$/).test(order)) problems.push(`${name} has the children ${order}`)
  return problems
}

function countProblems(element: XmlElement, cases: readonly XmlElement[]): string[] {
  const having = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length
  const actual = {
    tests: cases.length,
    failures: having("failure"),
    errors: having("error"),
    skipped: having("skipped"),
  }
  return Object.entries(actual)
    .filter(([name, count]) => element.attributes.get(name) !== String(count))
    .map(([name, count]) => `${element.name} says ${name}=${element.attributes.get(name)}, there are ${count}`)
}

/** Characters that XML 1.0 allows. */
const XML_TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u

/** A parser for the XML that we write: no DTD, no comments, no CDATA; anything unexpected throws. */
export function parseXml(xml: string): XmlElement {
  if (!XML_TEXT.test(xml)) throw new Error("a character that XML 1.0 forbids")
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!xml.startsWith(declaration)) throw new Error("no XML declaration")
  const document: XmlElement = { name: "#document", attributes: new Map(), children: [], text: "" }
  const open: XmlElement[] = [document]
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y
  token.lastIndex = declaration.length
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const match = token.exec(xml)
    const parent = open.at(-1)
    if (match === null || parent === undefined) throw new Error(`not XML at ${xml.slice(at, at + 60)}`)
    const [, closed, name, attributes = "", empty, text] = match
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`)
    if (text !== undefined) parent.text += unescape(text)
    if (name === undefined) continue
    const element: XmlElement = { name, attributes: parseAttributes(attributes), children: [], text: "" }
    parent.children.push(element)
    if (empty === "") open.push(element)
  }
  const [root, ...others] = document.children
  if (root === undefined || others.length > 0 || open.length !== 1) throw new Error("not one closed root element")
  return root
}

function parseAttributes(text: string): Map<string, string> {
  return new Map([...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, unescape(value)]))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' }

function unescape(text: string): string {
  return text.replace(/&(\w*;?)/g, (_, entity: string) => {
    const character = ENTITIES[entity.replace(";", "")]
    if (!entity.endsWith(";") || character === undefined) throw new Error(`&${entity} is no entity`)
    return character
  })
}
