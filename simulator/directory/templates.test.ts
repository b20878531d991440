import { Faker } from "@faker-js/faker"
import { describe, expect, it } from "vitest"

import { createRandom } from "../random.ts"
import { LOCALES } from "./locales.ts"
import { fillTemplatesFast } from "./templates.ts"

/** An instance with draws of its own, and how many it has made. */
function createFaker(locale: (typeof LOCALES)[number]): { faker: Faker; drawn: () => number } {
  const random = createRandom(11)
  let drawn = 0
  const next = (): number => {
    drawn++
    return random.next()
  }
  const faker = new Faker({ locale: locale.data.rawDefinitions, randomizer: { next, seed: () => undefined } })
  return { faker, drawn: () => drawn }
}

describe("fillTemplatesFast", () => {
  it.each(LOCALES)("gives the texts of faker itself by the same draws: $language", (locale) => {
    const slow = createFaker(locale)
    const fast = createFaker(locale)
    fillTemplatesFast(fast.faker)
    const people = ({ faker }: typeof slow): string[] =>
      Array.from({ length: 200 }, () =>
        [
          faker.person.lastName(),
          faker.location.city(),
          faker.location.state(),
          faker.location.streetAddress(),
          faker.location.streetAddress(true),
          faker.location.zipCode(),
          faker.phone.number({ style: "international" }),
        ].join("|"),
      )
    expect(people(fast)).toEqual(people(slow))
    expect(fast.drawn()).toBe(slow.drawn())
  })

  it.each([
    ["no template at all", "plain {text} }}"],
    ["nothing that ends it", "a {{person.firstName"],
    ["a call with arguments", "{{number.int(5)}} and {{person.firstName(female)}}"],
    ["a list that has a method's name", "{{location.state}}, {{person.jobType}}"],
    ["a list of templates", "{{location.street_pattern}}/{{location.city_pattern}}"],
    ["line breaks", "{{person.firstName}}\n{{person.lastName}}"],
  ])("reads a template as faker does: %s", (_, pattern) => {
    const [english] = LOCALES
    if (english === undefined) throw new Error("There are no locales.")
    const slow = createFaker(english)
    const fast = createFaker(english)
    fillTemplatesFast(fast.faker)
    for (let round = 0; round < 20; round++) {
      expect(fast.faker.helpers.fake(pattern)).toBe(slow.faker.helpers.fake(pattern))
    }
    expect(fast.drawn()).toBe(slow.drawn())
  })

  it("refuses what faker refuses", () => {
    const [english] = LOCALES
    if (english === undefined) throw new Error("There are no locales.")
    const { faker } = createFaker(english)
    fillTemplatesFast(faker)
    expect(() => faker.helpers.fake("{{person.nickname}}")).toThrow("Cannot resolve expression 'person.nickname'")
  })
})
