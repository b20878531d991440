import { ENTERPRISE_USER_URN, USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { changeUser } from "./change-user.ts"
import { BOTH_DIALECTS } from "./requests.ts"

const SCHEMAS = [USER_URN, ENTERPRISE_USER_URN]
const EMPLOYEE_NUMBER = `${ENTERPRISE_USER_URN}:employeeNumber`
const DEPARTMENT = `${ENTERPRISE_USER_URN}:department`
const DIVISION = `${ENTERPRISE_USER_URN}:division`

export const updateEnterprise = check({
  id: "entra-update-enterprise",
  title: "Enterprise attributes change by a path that begins with the extension's URN",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update user", level: "entra" },
  facts: ["WIRE-110", "WIRE-116", "WIRE-149"],
  needs: ["users", "patch", "enterprise-user"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Stored as the name of an attribute, the value is never seen again, and Entra adds it in every cycle. Refused, it takes every other change of the person with it.",
  fix: "Cut the path at the last colon behind a schema that you know: what follows is an attribute of that extension.",
  defects: ["urn-path-as-name"],
  async run(context) {
    await changeUser(context, {
      given: { schemas: SCHEMAS, [ENTERPRISE_USER_URN]: { department: "Press" } },
      operations: {
        entra: [{ op: "Add", path: DEPARTMENT, value: "Cellar" }],
        "entra-optscim": [{ op: "add", path: DEPARTMENT, value: "Cellar" }],
      },
      values: { [DEPARTMENT]: "Cellar" },
      refusal: { code: "urn-path-refused" },
    })
  },
})

export const flattenedKeys = check({
  id: "entra-flattened-keys",
  title: "A value without a path may have keys such as name.givenName and urn:…:User:division",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: aadOptscim062020", level: "entra" },
  facts: ["WIRE-117", "WIRE-118", "WIRE-120", "WIRE-121"],
  needs: ["users", "patch"],
  clients: ["entra-optscim"],
  confidence: "documented",
  dialects: ["entra-optscim"],
  why: "With the flag, all plain changes come as one such value. Where the keys are taken for names of attributes, the answer is a success and the update is lost.",
  fix: "Treat each key of a value without a path as a path of its own, for replace and for add.",
  defects: ["flattened-keys-ignored", "path-needed"],
  async run(context) {
    const replaced = { "name.givenName": "Magda", "name.familyName": "Roth", [EMPLOYEE_NUMBER]: "20418" }
    const added = { "name.middleName": "M", [DIVISION]: "North" }
    await changeUser(context, {
      given: {
        schemas: SCHEMAS,
        name: { givenName: "Lena", middleName: "K", familyName: "Fischer" },
        [ENTERPRISE_USER_URN]: { employeeNumber: "20417", division: "South" },
      },
      operations: {
        entra: [],
        "entra-optscim": [
          { op: "replace", value: replaced },
          { op: "add", value: added },
        ],
      },
      values: { ...replaced, ...added },
      refusal: { code: "path-needed" },
    })
  },
})

export const capitalSubAttributes = check({
  id: "entra-capital-sub-attributes",
  title: "Sub-attributes in a path may be written in capitals: .Value, .Formatted",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: default attribute mappings", level: "entra" },
  facts: ["WIRE-087", "WIRE-108", "RFC7644-3.5.2-06"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Microsoft's documented mappings write them like this. The names are sent as they stand in the mapping.",
  fix: "Compare the names of attributes and sub-attributes in paths without regard to case.",
  defects: ["capital-sub-attribute-ignored"],
  async run(context) {
    const { people } = context
    const other = people.userName()
    await changeUser(context, {
      given: {
        emails: [{ type: "other", value: people.userName() }],
        addresses: [{ type: "other", formatted: "Room 12" }],
      },
      operations: {
        entra: [
          { op: "Replace", path: 'emails[type eq "other"].Value', value: other },
          { op: "Replace", path: 'addresses[type eq "other"].Formatted', value: "Room 14" },
        ],
        "entra-optscim": [
          { op: "replace", path: 'emails[type eq "other"].Value', value: other },
          { op: "replace", path: 'addresses[type eq "other"].Formatted', value: "Room 14" },
        ],
      },
      values: { 'emails[type eq "other"].Value': other, 'addresses[type eq "other"].Formatted': "Room 14" },
      refusal: { code: "names-case-sensitive" },
    })
  },
})
