/**
 * Generated people: a function of seed and options only. Names come in several scripts; addresses are ASCII and carry a running number,
 * so that they are unique without remembering those before. Each person is drawn from a stream of its own: asking for more people never
 * changes the first ones.
 */
import { Faker } from "@faker-js/faker"

import type { Random } from "../../protocol/index.ts"
import type { NewUser } from "./model.ts"
import { toAsciiAlias } from "./ascii-alias.ts"
import { DirectoryError } from "./directory-error.ts"
import type { Domain } from "./domains.ts"
import { LOCALES, type Locale } from "./locales.ts"
import { fillTemplatesFast } from "./templates.ts"
import { toGuestName } from "./user-principal-name.ts"

/** How varied generated people are. Shares lie between 0 and 1. */
export interface PeopleOptions {
  /** B2B guests, named with #EXT#; none by default. */
  readonly guestShare?: number
  /** People whose sign-in is blocked; none by default. */
  readonly disabledShare?: number
  /** Members without a mail address; none by default. */
  readonly mailMissingShare?: number
  /** Whether members have managers, in a tree under the first one; not by default. */
  readonly withManagers?: boolean
}

/** Where generated people come from. */
export interface PeopleSource {
  readonly random: Random
  /** The reference date of generated dates, in epoch milliseconds. */
  readonly nowMs: number
  readonly domains: readonly Domain[]
  /** The number that the first person's address carries. */
  readonly firstNumber: number
}

export interface Person {
  readonly user: NewUser
  /** Which of the people before is the manager, counted from 0; null for none. */
  readonly managerIndex: number | null
}

/** How many people report to one manager. */
export const REPORTS_PER_MANAGER = 7

const PARTNER_DOMAINS = ["fabrikam.example", "partner-consulting.example", "adatum.example"]
const DEPARTMENTS = [
  "Engineering",
  "Sales",
  "Finance",
  "Human Resources",
  "Legal",
  "Marketing",
  "Operations",
  "Support",
]
const JOB_TITLES = ["Engineer", "Analyst", "Consultant", "Manager", "Accountant", "Specialist", "Assistant", "Director"]

interface Draw {
  readonly random: Random
  readonly locale: Locale
  readonly faker: Faker
}

/** Gives `count` people, one after the other. Throws {@link DirectoryError} for a share outside 0 to 1. */
export function* generatePeople(source: PeopleSource, count: number, options: PeopleOptions = {}): Generator<Person> {
  const { guestShare = 0, disabledShare = 0, mailMissingShare = 0, withManagers = false } = options
  for (const [name, share] of Object.entries({ guestShare, disabledShare, mailMissingShare })) {
    if (!(share >= 0 && share <= 1))
      throw new DirectoryError("InvalidValue", `${name} lies between 0 and 1; got ${share}.`)
  }
  const stream = { random: source.random }
  const fakers = createFakers(stream, source.nowMs)
  for (let index = 0; index < count; index++) {
    const number = source.firstNumber + index
    const random = source.random.fork(`person ${number}`)
    stream.random = random
    const locale = drawLocale(random)
    const faker = fakers.get(locale)
    if (faker === undefined) throw new Error(`No generator for ${locale.language}.`)
    // Drawn in any case, so that one share never changes what another one decides.
    const [isGuest, isDisabled, lacksMail] = [guestShare, disabledShare, mailMissingShare].map(
      (share) => random.next() < share,
    )
    const draw = { random, locale, faker }
    const user =
      isGuest === true ? drawGuest(draw, source, number) : drawMember(draw, source, number, lacksMail === true)
    yield {
      user: isDisabled === true ? { ...user, accountEnabled: false } : user,
      managerIndex:
        withManagers && isGuest !== true && index > 0 ? Math.floor((index - 1) / REPORTS_PER_MANAGER) : null,
    }
  }
}

/** One instance per locale, all drawing from the stream of whoever is being made. */
function createFakers(stream: { readonly random: Random }, nowMs: number): ReadonlyMap<Locale, Faker> {
  const randomizer = { next: () => stream.random.next(), seed: () => undefined }
  return new Map(
    LOCALES.map((locale) => {
      const faker = new Faker({ locale: locale.data.rawDefinitions, randomizer })
      faker.setDefaultRefDate(nowMs)
      fillTemplatesFast(faker)
      return [locale, faker]
    }),
  )
}

function drawLocale(random: Random): Locale {
  let ticket = random.int(LOCALES.reduce((sum, { share }) => sum + share, 0))
  for (const locale of LOCALES) {
    ticket -= locale.share
    if (ticket < 0) return locale
  }
  throw new Error("The shares of the locales do not add up.")
}

function drawName({ locale, faker }: Draw): { givenName: string; surname: string; displayName: string } {
  const sex = faker.person.sexType()
  const givenName = faker.person.firstName(sex)
  const surname = faker.person.lastName(sex)
  return { givenName, surname, displayName: locale.toFullName(givenName, surname) }
}

/** An address nobody else has: `ada.lovelace7`, or `u7` where the name can't be written in ASCII. */
function toAlias(name: { givenName: string; surname: string }, number: number): string {
  return `${toAsciiAlias(name.givenName, name.surname) ?? "u"}${number}`
}

function drawMember(draw: Draw, source: PeopleSource, number: number, lacksMail: boolean): NewUser {
  const { random, locale, faker } = draw
  const name = drawName(draw)
  const address = `${toAlias(name, number)}@${domainOfKind(source.domains, "default")}`
  return {
    userPrincipalName: address,
    ...name,
    mail: lacksMail ? null : address,
    userType: "Member",
    jobTitle: random.pick(JOB_TITLES),
    department: random.pick(DEPARTMENTS),
    companyName: random.next() < 0.6 ? "Contoso" : null,
    employeeId: random.next() < 0.9 ? String(100_000 + number) : null,
    preferredLanguage: random.next() < 0.7 ? locale.language : null,
    usageLocation: locale.countryCode,
    country: locale.country,
    city: faker.location.city(),
    state: random.next() < 0.5 ? faker.location.state() : null,
    streetAddress: faker.location.streetAddress(),
    postalCode: faker.location.zipCode(),
    physicalDeliveryOfficeName: random.next() < 0.5 ? `${random.int(20) + 1}/${random.int(900) + 100}` : null,
    telephoneNumber: random.next() < 0.8 ? faker.phone.number({ style: "international" }) : null,
    mobile: random.next() < 0.6 ? faker.phone.number({ style: "international" }) : null,
    facsimileTelephoneNumber: random.next() < 0.1 ? faker.phone.number({ style: "international" }) : null,
  }
}

/** Guests bring little along: a name and their own address. */
function drawGuest(draw: Draw, source: PeopleSource, number: number): NewUser {
  const name = drawName(draw)
  const address = `${toAlias(name, number)}@${draw.random.pick(PARTNER_DOMAINS)}`
  return {
    userPrincipalName: toGuestName(address, domainOfKind(source.domains, "initial")),
    displayName: name.displayName,
    mail: address,
    userType: "Guest",
  }
}

function domainOfKind(domains: readonly Domain[], kind: Domain["kind"]): string {
  const domain = domains.find((candidate) => candidate.kind === kind)
  if (domain === undefined) throw new Error(`The tenant has no ${kind} domain.`)
  return domain.name
}
