/** Invents the people and groups of a case: the same ones for the same seed and case, and nobody else's. */
import { ENTERPRISE_USER_URN, GROUP_URN, USER_URN, type IdSource, type Random } from "../protocol/index.ts"
import type { JsonObject, People } from "./checks/context.ts"
import { caseNamePart } from "./naming.ts"

/** Reserved for examples (RFC 2606), and yet a domain that validators accept and that takes no mail. */
const PEOPLE_DOMAIN = "example.com"

// Plain names on purpose: what an endpoint makes of other scripts is the business of the cases that ask for it.
const GIVEN_NAMES = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Niklaus", "Frances", "Tony"]
const FAMILY_NAMES = [
  "Lovelace",
  "Hopper",
  "Turing",
  "Dijkstra",
  "Liskov",
  "Knuth",
  "Hamilton",
  "Wirth",
  "Allen",
  "Hoare",
]
const DEPARTMENTS = ["Orchard", "Cellar", "Press", "Dispatch", "Accounts"]
const TITLES = ["Grower", "Taster", "Driver", "Clerk", "Engineer"]

export interface PeopleOptions {
  readonly runId: string
  /** Key of the case. */
  readonly key: string
  /** Chance of the case alone. */
  readonly random: Random
  readonly ids: IdSource
}

/** One person in plain words: what both a SCIM user and a directory user are made of. */
export interface Persona {
  /** Unique in the run; also a valid local part of an address. */
  readonly name: string
  readonly address: string
  readonly given: string
  readonly family: string
  readonly title: string
  readonly department: string
  readonly employeeNumber: string
  /** Three telephone numbers in the form that needs no normalising (RFC 3966 without the scheme). */
  readonly phones: { readonly work: string; readonly mobile: string; readonly fax: string }
}

/** Also invents personas, for directory users. */
export interface PeopleSource extends People {
  persona(): Persona
}

/** The people of one case. */
export function createPeople({ runId, key, random, ids }: PeopleOptions): PeopleSource {
  const casePart = caseNamePart(key)
  let count = 0

  function unique(word: string): string {
    count += 1
    return `${word}-${runId}-${casePart}-${count}`
  }

  function persona(): Persona {
    const name = unique("user")
    const number = String(10_000 + random.int(90_000))
    return {
      name,
      address: `${name}@${PEOPLE_DOMAIN}`,
      given: random.pick(GIVEN_NAMES),
      family: random.pick(FAMILY_NAMES),
      title: random.pick(TITLES),
      department: random.pick(DEPARTMENTS),
      employeeNumber: number,
      phones: { work: `+1 425 555 ${number}`, mobile: `+1 206 555 ${number}`, fax: `+1 360 555 ${number}` },
    }
  }

  return {
    unique,
    persona,
    userName: () => persona().address,
    minimalUser: (attributes = {}) => ({ schemas: [USER_URN], userName: persona().address, ...attributes }),
    entraUser: (attributes = {}) => ({ ...toEntraUser(persona()), ...attributes }),
    minimalGroup: (attributes = {}) => ({ schemas: [GROUP_URN], displayName: unique("group"), ...attributes }),
    guid: () => ids.next(),
  }
}

/** The create body of the default mapping with every row filled but the manager, who follows by PATCH (WIRE-082, WIRE-092, MAP-601). */
function toEntraUser(person: Persona): JsonObject {
  const formatted = `${person.given} ${person.family}`
  return {
    schemas: [USER_URN, ENTERPRISE_USER_URN],
    externalId: person.name,
    userName: person.address,
    active: true,
    displayName: formatted,
    title: person.title,
    emails: [{ primary: true, type: "work", value: person.address }],
    preferredLanguage: "en-GB",
    name: { givenName: person.given, familyName: person.family, formatted },
    addresses: [
      {
        type: "work",
        formatted: "Room 12",
        streetAddress: "1 Orchard Lane",
        locality: "Wenatchee",
        region: "WA",
        postalCode: "98801",
        country: "United States",
      },
    ],
    phoneNumbers: [
      { type: "work", value: person.phones.work },
      { type: "mobile", value: person.phones.mobile },
      { type: "fax", value: person.phones.fax },
    ],
    meta: { resourceType: "User" },
    [ENTERPRISE_USER_URN]: { employeeNumber: person.employeeNumber, department: person.department },
  }
}
