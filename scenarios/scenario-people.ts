/** People for the directory of a scenario's tenant: invented ones, or those that the user gave. */
import type { IdSource } from "../protocol/index.ts"
import { loadDirectory, type NewUser, type Tenant } from "../simulator/index.ts"
import { markContents, markedGroupNames, markedUserNames, type GivenDirectory } from "./given-directory.ts"
import type { PeopleSource } from "./people.ts"
import type { Population, ScenarioPeople } from "./scenario-context.ts"

export interface ScenarioPeopleOptions {
  readonly people: PeopleSource
  /** The tenant that they will live in; its default domain takes those who are invented. */
  readonly tenant: Tenant
  readonly domain: string
  /** Of the case: it carries the run's id (caseMark). */
  readonly mark: string
  readonly ids: IdSource
  /** Whose people to take instead. */
  readonly directory?: GivenDirectory
}

export function createScenarioPeople(options: ScenarioPeopleOptions): ScenarioPeople {
  const { people, tenant, directory } = options
  const person = directory === undefined ? undefined : givenPeople(directory, options)
  return {
    ...people,
    directoryUser: (attributes = {}) => ({ ...(person?.() ?? inventedUser(options)), ...attributes }),
    populate() {
      if (directory === undefined) return generatePopulation(options)
      const { contents, adoptExisting } = directory
      return loadDirectory(tenant, adoptExisting ? contents : markContents(contents, options.mark, options.ids))
    },
  }
}

function inventedUser({ people, domain }: ScenarioPeopleOptions): NewUser {
  const person = people.persona()
  return {
    userPrincipalName: `${person.name}@${domain}`,
    mailNickname: person.name,
    displayName: `${person.given} ${person.family}`,
    givenName: person.given,
    surname: person.family,
    mail: person.address,
    jobTitle: person.title,
    department: person.department,
    employeeId: person.employeeNumber,
    preferredLanguage: "en-GB",
    physicalDeliveryOfficeName: "Room 12",
    streetAddress: "1 Orchard Lane",
    city: "Wenatchee",
    state: "WA",
    postalCode: "98801",
    country: "United States",
    telephoneNumber: person.phones.work,
    mobile: person.phones.mobile,
    facsimileTelephoneNumber: person.phones.fax,
  }
}

/**
 * Gives the people of the directory one after the other, and from the first again once all were given, under new names. Guests
 * and those whose sign-in is blocked are left out: a story says itself when somebody is one of them. Undefined where nobody is
 * left.
 */
function givenPeople({ contents }: GivenDirectory, { tenant, mark }: ScenarioPeopleOptions): () => NewUser | undefined {
  const protagonists = contents.users
    .map(({ attributes }) => attributes)
    .filter(({ accountEnabled, userPrincipalName }) => accountEnabled !== false && !userPrincipalName.includes("#EXT#"))
  let given = 0
  return () => {
    const attributes = protagonists[given % protagonists.length]
    if (attributes === undefined) return undefined
    const round = Math.floor(given / protagonists.length) + 1
    given += 1
    const [, domain = ""] = attributes.userPrincipalName.split("@")
    tenant.addDomain(domain)
    return { ...attributes, ...markedUserNames(attributes, round === 1 ? mark : `${round}-${mark}`) }
  }
}

/** As varied as a real tenant, only more so: small enough to be quick, and with several of each kind. */
const GENERATED = {
  users: 40,
  groupSizes: [0, 1, 2, 3, 5, 8, 13, 21],
  guestShare: 0.15,
  disabledShare: 0.1,
  mailMissingShare: 0.15,
}

function generatePopulation({ tenant, mark }: ScenarioPeopleOptions): Population {
  return tenant.transaction(() => {
    const groups = tenant.populate(GENERATED)
    return {
      users: [...tenant.users()].map((user) => tenant.update(user, markedUserNames(user, mark))),
      groups: groups.map((group) => tenant.update(group, markedGroupNames(group, mark))),
    }
  })
}
