import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { without } from "../members.ts"
import { expectKept } from "./kept-values.ts"
import { readCreated } from "./resources.ts"

export const createUser = check({
  id: "entra-create-user",
  title: "The user that Entra's default mapping creates is accepted, and every value of it can be read",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create user", level: "entra" },
  facts: ["WIRE-078", "WIRE-082", "WIRE-083", "WIRE-084", "WIRE-087", "WIRE-088", "WIRE-090"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "A create that is refused for one attribute creates nobody. A value that comes back altered is written again in every cycle; one that is dropped is too, as an add.",
  fix: "Accept the whole body, meta and both schemas included, and return every value as it was sent.",
  defects: ["read-only-values-refused", "phone-numbers-normalised", "mail-in-lower-case", "extension-dropped"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const mail = `Lena.${people.unique("Fischer")}@Example.com`
    const externalId = people.guid()
    const body = {
      schemas: [USER_URN, ENTERPRISE_USER_URN],
      externalId,
      userName,
      active: true,
      displayName: "Lena Fischer",
      title: "Cider maker",
      preferredLanguage: "de-DE",
      emails: [{ primary: true, type: "work", value: mail }],
      meta: { resourceType: "User" },
      name: { formatted: "Lena Fischer", familyName: "Fischer", givenName: "Lena" },
      addresses: [
        {
          type: "work",
          streetAddress: "4 Press Lane",
          locality: "Hood River",
          region: "OR",
          postalCode: "97031",
          country: "US",
        },
      ],
      phoneNumbers: [
        { type: "work", value: "+1 541 555 0101" },
        { type: "mobile", value: "+1 541 555 0102" },
        { type: "fax", value: "+1 541 555 0103" },
      ],
      [ENTERPRISE_USER_URN]: { employeeNumber: "20417", department: "Cellar" },
    }
    const created = await scim.post("/Users", body)
    const withoutMeta = created.status === 400 ? await scim.post("/Users", without(body, "meta")) : undefined
    const isMeta = withoutMeta !== undefined && withoutMeta.status < 300
    if (isMeta) expect(created).toHaveStatus([200, 201], { code: "read-only-refused", fact: "WIRE-084" })
    const accepted = isMeta ? withoutMeta : created
    const read = await readCreated({ scim, expect }, "/Users", accepted, { code: "create-refused" })
    if (read === undefined) return
    expectKept(expect, read, {
      userName,
      externalId,
      active: true,
      displayName: "Lena Fischer",
      title: "Cider maker",
      preferredLanguage: "de-DE",
      "name.formatted": "Lena Fischer",
      "name.familyName": "Fischer",
      "name.givenName": "Lena",
      'emails[type eq "work"].value': mail,
      'emails[type eq "work"].primary': true,
      'addresses[type eq "work"].streetAddress': "4 Press Lane",
      'addresses[type eq "work"].locality': "Hood River",
      'addresses[type eq "work"].region': "OR",
      'addresses[type eq "work"].postalCode': "97031",
      'addresses[type eq "work"].country': "US",
      'phoneNumbers[type eq "work"].value': "+1 541 555 0101",
      'phoneNumbers[type eq "mobile"].value': "+1 541 555 0102",
      'phoneNumbers[type eq "fax"].value': "+1 541 555 0103",
      [`${ENTERPRISE_USER_URN}:employeeNumber`]: "20417",
      [`${ENTERPRISE_USER_URN}:department`]: "Cellar",
    })
  },
})
