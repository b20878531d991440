/**
 * The mappings that a new non-gallery SCIM application starts with (MAP-601, MAP-602, observed by three parties), and the example
 * tables of Microsoft's SCIM page, which differ from them (MAP-603, documented).
 */
import { ENTERPRISE_USER_URN, GROUP_URN } from "../../protocol/index.ts"
import type { AttributeMapping, ObjectAction, ObjectMapping, ProvisioningMappings } from "./model.ts"

/** The default of `active`: both texts spelt out, anything else flows nothing (MAP-601 row 2, observed). */
const ACTIVE = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
const ALL_ACTIONS: readonly ObjectAction[] = ["Add", "Update", "Delete"]

function row(target: string, source: string, more: Partial<AttributeMapping> = {}): AttributeMapping {
  return {
    target,
    targetType: "String",
    multiValued: false,
    source,
    defaultValue: null,
    flowType: "Always",
    flowBehavior: "FlowWhenChanged",
    matchingPriority: 0,
    ...more,
  }
}

// That userName and a group's displayName are required is inferred: SCIM demands both (RFC 7643 §4.1.1, §4.2).
const USER_NAME = row("userName", "[userPrincipalName]", { matchingPriority: 1, required: true })
const ACTIVE_ROW = row("active", ACTIVE, { targetType: "Boolean" })
const MANAGER = row(`${ENTERPRISE_USER_URN}:manager`, "[manager]", { targetType: "Reference" })

/** The 22 rows, in the portal's order (MAP-601). */
const DEFAULT_USER_ROWS: readonly AttributeMapping[] = [
  USER_NAME,
  ACTIVE_ROW,
  row("displayName", "[displayName]"),
  row("title", "[jobTitle]"),
  row('emails[type eq "work"].value', "[mail]"),
  row("preferredLanguage", "[preferredLanguage]"),
  row("name.givenName", "[givenName]"),
  row("name.familyName", "[surname]"),
  row("name.formatted", 'Join(" ", [givenName], [surname])'),
  row('addresses[type eq "work"].formatted', "[physicalDeliveryOfficeName]"),
  row('addresses[type eq "work"].streetAddress', "[streetAddress]"),
  row('addresses[type eq "work"].locality', "[city]"),
  row('addresses[type eq "work"].region', "[state]"),
  row('addresses[type eq "work"].postalCode', "[postalCode]"),
  row('addresses[type eq "work"].country', "[country]"),
  row('phoneNumbers[type eq "work"].value', "[telephoneNumber]"),
  row('phoneNumbers[type eq "mobile"].value', "[mobile]"),
  row('phoneNumbers[type eq "fax"].value', "[facsimileTelephoneNumber]"),
  row("externalId", "[mailNickname]"),
  row(`${ENTERPRISE_USER_URN}:employeeNumber`, "[employeeId]"),
  row(`${ENTERPRISE_USER_URN}:department`, "[department]"),
  MANAGER,
]

/** The example table, spelling of its paths included (MAP-603). A person with several proxy addresses fails on its e-mail row. */
const EXAMPLE_USER_ROWS: readonly AttributeMapping[] = [
  ACTIVE_ROW,
  row(`${ENTERPRISE_USER_URN}:department`, "[department]"),
  row("displayName", "[displayName]"),
  row(`${ENTERPRISE_USER_URN}:employeeNumber`, "[employeeId]"),
  row('phoneNumbers[type eq "fax"].value', "[facsimileTelephoneNumber]"),
  row("name.givenName", "[givenName]"),
  row("title", "[jobTitle]"),
  row('emails[type eq "work"].value', "[mail]"),
  row("externalId", "[mailNickname]"),
  MANAGER,
  row('phoneNumbers[type eq "mobile"].value', "[mobile]"),
  row('addresses[type eq "work"].postalCode', "[postalCode]"),
  row('emails[type eq "other"].Value', "[proxyAddresses]"),
  row('addresses[type eq "other"].Formatted', "[physicalDeliveryOfficeName]"),
  row('addresses[type eq "work"].streetAddress', "[streetAddress]"),
  row("name.familyName", "[surname]"),
  row('phoneNumbers[type eq "work"].value', "[telephoneNumber]"),
  USER_NAME,
]

/** The three rows of MAP-602. Groups are matched by displayName. */
const GROUP_ROWS: readonly AttributeMapping[] = [
  row("displayName", "[displayName]", { matchingPriority: 1, required: true }),
  row("externalId", "[objectId]"),
  row("members", "[members]", { targetType: "Reference", multiValued: true }),
]

function userMapping(attributes: readonly AttributeMapping[]): ObjectMapping {
  return {
    name: "Provision Microsoft Entra ID Users",
    enabled: true,
    objectType: "User",
    targetObjectName: ENTERPRISE_USER_URN,
    actions: ALL_ACTIONS,
    scope: [],
    attributes,
  }
}

const GROUP_MAPPING: ObjectMapping = {
  name: "Provision Microsoft Entra ID Groups",
  enabled: true,
  objectType: "Group",
  targetObjectName: GROUP_URN,
  actions: ALL_ACTIONS,
  scope: [],
  attributes: GROUP_ROWS,
}

/** The mappings of a new non-gallery SCIM application (MAP-601, MAP-602). */
export function defaultMappings(): ProvisioningMappings {
  return { user: userMapping(DEFAULT_USER_ROWS), group: GROUP_MAPPING }
}

/** The example tables of Microsoft's SCIM page (MAP-603). */
export function exampleMappings(): ProvisioningMappings {
  return { user: userMapping(EXAMPLE_USER_ROWS), group: GROUP_MAPPING }
}
