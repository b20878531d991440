/**
 * The attributes that a user and a group have, under the directory's own names, not Graph's (MAP-121, documented), and the
 * kinds of value they take. An attribute without a value is absent: the directory keeps neither null nor "" (MAP-507).
 */
import { nearest } from "../../protocol/index.ts"
import type { ObjectType } from "../mapping/model.ts"
import { DirectoryError } from "./directory-error.ts"

/** User attributes that hold one text. */
export const USER_TEXTS = [
  "userPrincipalName",
  "displayName",
  "mailNickname",
  "givenName",
  "surname",
  "mail",
  "jobTitle",
  "department",
  "companyName",
  "employeeId",
  "streetAddress",
  "city",
  "state",
  "postalCode",
  "country",
  "physicalDeliveryOfficeName",
  "telephoneNumber",
  "mobile",
  "facsimileTelephoneNumber",
  "preferredLanguage",
  "usageLocation",
  "userType",
  "description",
  "onPremisesSecurityIdentifier",
  "extensionAttribute1",
  "extensionAttribute2",
  "extensionAttribute3",
  "extensionAttribute4",
  "extensionAttribute5",
  "extensionAttribute6",
  "extensionAttribute7",
  "extensionAttribute8",
  "extensionAttribute9",
  "extensionAttribute10",
  "extensionAttribute11",
  "extensionAttribute12",
  "extensionAttribute13",
  "extensionAttribute14",
  "extensionAttribute15",
] as const

/** User attributes that hold several texts. */
export const USER_LISTS = ["proxyAddresses", "otherMails"] as const

/** User attributes that hold true or false. */
export const USER_FLAGS = ["accountEnabled", "dirSyncEnabled"] as const

export const GROUP_TEXTS = [
  "displayName",
  "mailNickname",
  "mail",
  "description",
  "onPremisesSecurityIdentifier",
] as const
export const GROUP_LISTS = ["proxyAddresses", "groupTypes"] as const
export const GROUP_FLAGS = ["securityEnabled", "mailEnabled", "dirSyncEnabled"] as const

/** A directory extension: `extension_<application id without dashes>_<name>` (MAP-122, documented). Ours hold text. */
export type ExtensionName = `extension_${string}`

/** What the directory keeps under a name. */
export type StoredValue = string | boolean | readonly string[]

type Given<Texts extends string, Lists extends string, Flags extends string> = {
  readonly [Name in Texts]?: string | null
} & { readonly [Name in Lists]?: readonly string[] | null } & { readonly [Name in Flags]?: boolean | null } & {
  readonly [Name in ExtensionName]?: string | null
}

type Stored<Texts extends string, Lists extends string, Flags extends string> = {
  readonly [Name in Texts]?: string
} & { readonly [Name in Lists]?: readonly string[] } & { readonly [Name in Flags]?: boolean } & {
  readonly [Name in ExtensionName]?: string
}

/** Changes to a user; null clears. */
export type UserChanges = Given<(typeof USER_TEXTS)[number], (typeof USER_LISTS)[number], (typeof USER_FLAGS)[number]>
/** Changes to a group; null clears. `membershipRule` makes it a dynamic one; no mapping reads it. */
export type GroupChanges = Given<
  (typeof GROUP_TEXTS)[number] | "membershipRule",
  (typeof GROUP_LISTS)[number],
  (typeof GROUP_FLAGS)[number]
>

export type UserAttributes = Stored<
  (typeof USER_TEXTS)[number],
  (typeof USER_LISTS)[number],
  (typeof USER_FLAGS)[number]
> & { readonly userPrincipalName: string; readonly displayName: string; readonly accountEnabled: boolean }

export type GroupAttributes = Stored<
  (typeof GROUP_TEXTS)[number] | "membershipRule",
  (typeof GROUP_LISTS)[number],
  (typeof GROUP_FLAGS)[number]
> & { readonly displayName: string; readonly securityEnabled: boolean; readonly mailEnabled: boolean }

type ValueKind = "text" | "list" | "flag"

function kindsOf(
  texts: readonly string[],
  lists: readonly string[],
  flags: readonly string[],
): ReadonlyMap<string, ValueKind> {
  return new Map([
    ...texts.map((name) => [name, "text"] as const),
    ...lists.map((name) => [name, "list"] as const),
    ...flags.map((name) => [name, "flag"] as const),
  ])
}

const KINDS: Readonly<Record<ObjectType, ReadonlyMap<string, ValueKind>>> = {
  User: kindsOf(USER_TEXTS, USER_LISTS, USER_FLAGS),
  Group: kindsOf([...GROUP_TEXTS, "membershipRule"], GROUP_LISTS, GROUP_FLAGS),
}

/** Attributes without which the object cannot exist: they may change, but not be cleared (MAP-610, inferred; GRAPH-109). */
const INDISPENSABLE: Readonly<Record<ObjectType, ReadonlySet<string>>> = {
  User: new Set(["userPrincipalName", "displayName", "mailNickname", "accountEnabled"]),
  Group: new Set(["displayName", "mailNickname", "securityEnabled", "mailEnabled"]),
}

/** Where Graph names an attribute differently than the directory does: Graph's name to the directory's. */
export const GRAPH_NAMES: ReadonlyMap<string, string> = new Map([
  ["id", "objectId"],
  ["mobilePhone", "mobile"],
  ["businessPhones", "telephoneNumber"],
  ["faxNumber", "facsimileTelephoneNumber"],
  ["officeLocation", "physicalDeliveryOfficeName"],
  ["onPremisesSyncEnabled", "dirSyncEnabled"],
])

const EXTENSION_NAME = /^extension_[0-9A-Za-z]+_\w+$/

/** Whether a name is that of a directory extension (MAP-122). */
export function isExtensionName(name: string): name is ExtensionName {
  return EXTENSION_NAME.test(name)
}

function kindOf(objectType: ObjectType, name: string): ValueKind {
  const kind = KINDS[objectType].get(name) ?? (isExtensionName(name) ? "text" : undefined)
  if (kind !== undefined) return kind
  const meant = GRAPH_NAMES.get(name) ?? nearest(name, [...KINDS[objectType].keys()])
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`
  throw new DirectoryError("UnknownAttribute", `A ${objectType.toLowerCase()} has no attribute "${name}".${hint}`)
}

const EXPECTED: Readonly<Record<ValueKind, string>> = { text: "a text", list: "a list of texts", flag: "true or false" }

function isOfKind(kind: ValueKind, value: unknown): value is StoredValue {
  if (kind === "list") return Array.isArray(value) && value.every((item) => typeof item === "string")
  return typeof value === (kind === "text" ? "string" : "boolean")
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
}

/**
 * Checks changes from outside and gives them back in the directory's form: known names, right kinds, null for everything empty.
 * Throws {@link DirectoryError} for an unknown name, a wrong kind of value, or an attribute that may not be cleared.
 */
export function checkAttributes(objectType: ObjectType, changes: object): Map<string, StoredValue | null> {
  const checked = new Map<string, StoredValue | null>()
  for (const [name, value] of Object.entries(changes)) checked.set(name, checkedValue(objectType, name, value))
  return checked
}

/** The same for an object that is new: without what is empty. */
export function checkNewAttributes(objectType: ObjectType, given: object): Map<string, StoredValue> {
  const present = new Map<string, StoredValue>()
  for (const [name, value] of Object.entries(given)) {
    const checked = checkedValue(objectType, name, value)
    if (checked !== null) present.set(name, checked)
  }
  return present
}

function checkedValue(objectType: ObjectType, name: string, value: unknown): StoredValue | null {
  const kind = kindOf(objectType, name)
  if (isEmpty(value)) {
    if (!INDISPENSABLE[objectType].has(name)) return null
    throw new DirectoryError(
      "MissingValue",
      `A ${objectType.toLowerCase()} cannot be without "${name}"; give it a value.`,
    )
  }
  if (isOfKind(kind, value)) return value
  throw new DirectoryError("InvalidValue", `"${name}" takes ${EXPECTED[kind]}, but got ${JSON.stringify(value)}.`)
}
