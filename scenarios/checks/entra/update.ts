import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { changeUser } from "./change-user.ts"
import { BOTH_DIALECTS } from "./requests.ts"

const EMPLOYEE_NUMBER = `${ENTERPRISE_USER_URN}:employeeNumber`
const WORK_EMAIL = 'emails[type eq "work"].value'

export const updateSeveral = check({
  id: "entra-update-several",
  title: "Several attributes changed by one PATCH have all changed",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-078", "WIRE-096", "WIRE-098", "WIRE-103", "WIRE-105", "WIRE-117"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "All changes of a person go out in one request. If it is refused, none arrives; if a part of it is lost, Entra sends the same request in every cycle.",
  fix: "Apply every operation: paths with brackets, paths with dots, paths under an extension's URN, and values without a path whose keys are such paths.",
  defects: ["value-path-as-name", "urn-path-as-name", "mail-in-lower-case", "patch-without-effect"],
  async run(context) {
    const { people } = context
    const mail = `Lena.${people.unique("Roth")}@Example.com`
    const externalId = people.guid()
    await changeUser(context, {
      given: {
        schemas: [USER_URN, ENTERPRISE_USER_URN],
        externalId: people.guid(),
        displayName: "Lena Fischer",
        name: { givenName: "Lena", familyName: "Fischer" },
        emails: [{ primary: true, type: "work", value: people.userName() }],
        [ENTERPRISE_USER_URN]: { employeeNumber: "20417" },
      },
      operations: {
        entra: [
          { op: "Replace", path: "displayName", value: "Lena Fischer-Roth" },
          { op: "Replace", path: WORK_EMAIL, value: mail },
          { op: "Replace", path: "name.familyName", value: "Fischer-Roth" },
          { op: "Replace", path: "externalId", value: externalId },
          { op: "Replace", path: EMPLOYEE_NUMBER, value: "20418" },
        ],
        "entra-optscim": [
          { op: "replace", path: WORK_EMAIL, value: mail },
          {
            op: "replace",
            value: {
              displayName: "Lena Fischer-Roth",
              "name.familyName": "Fischer-Roth",
              externalId,
              [EMPLOYEE_NUMBER]: "20418",
            },
          },
        ],
      },
      values: {
        displayName: "Lena Fischer-Roth",
        "name.familyName": "Fischer-Roth",
        externalId,
        [WORK_EMAIL]: mail,
        [EMPLOYEE_NUMBER]: "20418",
      },
      refusal: { code: "patch-refused" },
    })
  },
})

export const updatePhonesAndAddresses = check({
  id: "entra-update-phones-and-addresses",
  title: "Telephone numbers and addresses change by paths that select them by type, and come back as they were sent",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-078", "WIRE-108", "WIRE-117", "WIRE-151"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Entra knows no other way to change an entry of a list. A number that comes back in another form is written again in every cycle.",
  fix: "Evaluate the filter in the path for each entry, change the sub-attribute behind it in place, and store values as they come.",
  defects: ["value-path-as-name", "selection-refused", "phone-numbers-normalised"],
  async run(context) {
    const values = {
      'phoneNumbers[type eq "work"].value': "+1 541 555 0111",
      'phoneNumbers[type eq "mobile"].value': "(541) 555-0112",
      'addresses[type eq "work"].locality': "White Salmon",
      'addresses[type eq "work"].postalCode': "98672",
    }
    await changeUser(context, {
      given: {
        phoneNumbers: [
          { type: "work", value: "+1 541 555 0101" },
          { type: "mobile", value: "+1 541 555 0102" },
        ],
        addresses: [{ type: "work", locality: "Hood River", postalCode: "97031" }],
      },
      operations: {
        entra: [
          { op: "Replace", path: 'phoneNumbers[type eq "work"].value', value: "+1 541 555 0111" },
          { op: "Replace", path: 'phoneNumbers[type eq "mobile"].value', value: "(541) 555-0112" },
          { op: "Replace", path: 'addresses[type eq "work"].locality', value: "White Salmon" },
          { op: "Replace", path: 'addresses[type eq "work"].postalCode', value: "98672" },
        ],
        "entra-optscim": [
          { op: "replace", path: 'phoneNumbers[type eq "work"].value', value: "+1 541 555 0111" },
          { op: "replace", path: 'phoneNumbers[type eq "mobile"].value', value: "(541) 555-0112" },
          { op: "replace", path: 'addresses[type eq "work"].locality', value: "White Salmon" },
          { op: "replace", path: 'addresses[type eq "work"].postalCode', value: "98672" },
        ],
      },
      values,
      refusal: { code: "selection-refused" },
    })
  },
})
