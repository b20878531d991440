/**
 * Faker's templates (`{{location.city_name}} {{location.street_suffix}}`), taken apart once: the library searches and evaluates each anew
 * for every person, which was a third of what a person cost. Draws are the same, in the same order, so texts are too.
 */
import type { Faker } from "@faker-js/faker"

/** What stands between two texts, and the text after it. */
interface Slot {
  readonly draw: () => unknown
  readonly tail: string
}

interface Template {
  readonly head: string
  readonly slots: readonly Slot[]
}

/** Lets an instance fill its templates in this way. */
export function fillTemplatesFast(faker: Faker): void {
  const original = faker.helpers.fake.bind(faker.helpers)
  const known = new Map<string, Template>()

  function fill(pattern: string): string {
    let template = known.get(pattern)
    if (template === undefined) {
      template = parse(pattern, (expression) => drawer(faker, expression) ?? (() => original(`{{${expression}}}`)))
      known.set(pattern, template)
    }
    let text = template.head
    for (const { draw, tail } of template.slots) {
      const value = String(draw())
      // What was drawn may be a template itself.
      text += (value.includes("{{") ? fill(value) : value) + tail
    }
    return text
  }

  faker.helpers.fake = (pattern: string | readonly string[]) =>
    fill(typeof pattern === "string" ? pattern : faker.helpers.arrayElement(pattern))
}

/** As faker reads them: an expression begins with a lower-case letter and ends at the first `}}`. */
const EXPRESSION = /\{\{([a-z].*?)\}\}/s

/** Texts and expressions take turns where the pattern is cut. */
function parse(pattern: string, toDraw: (expression: string) => Slot["draw"]): Template {
  const [head = "", ...rest] = pattern.split(EXPRESSION)
  const slots: Slot[] = []
  for (let index = 0; index < rest.length; index += 2) {
    slots.push({ draw: toDraw(rest[index] ?? ""), tail: rest[index + 1] ?? "" })
  }
  return { head, slots }
}

/**
 * What an expression draws: a method of faker's, or a pick from a list of the locale. As in faker, both are looked up under its name, and a
 * list is picked from even where the method is what counts. Undefined for anything else, such as a call with arguments.
 */
function drawer(faker: Faker, expression: string): Slot["draw"] | undefined {
  const names = expression.split(".")
  if (!names.every((name) => /^\w+$/.test(name))) return undefined
  let found: readonly unknown[] = [faker, faker.rawDefinitions]
  for (const name of names) {
    if (found.some((value) => typeof value === "function" || Array.isArray(value))) return undefined
    found = found.map((value) => memberOf(value, name)).filter((value) => value !== undefined && value !== null)
  }
  const [first] = found
  const lists = found.filter((value) => Array.isArray(value))
  if (typeof first === "function") {
    return () => {
      for (const list of lists) faker.helpers.arrayElement(list)
      return first()
    }
  }
  if (lists.length !== 1 || first !== lists[0]) return undefined
  const [list = []] = lists
  return () => faker.helpers.arrayElement(list)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined
}
