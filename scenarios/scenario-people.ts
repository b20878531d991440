/** People for the directory of a scenario's tenant. */
import type { PeopleSource } from "./people.ts"
import type { ScenarioPeople } from "./scenario-context.ts"

/** `domain` is the tenant's: it carries the run's id, and so do the names that generated people get. */
export function createScenarioPeople(people: PeopleSource, domain: string): ScenarioPeople {
  return {
    ...people,
    directoryUser(attributes = {}) {
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
        ...attributes,
      }
    },
  }
}
