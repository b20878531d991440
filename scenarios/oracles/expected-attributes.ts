/** The user mapping as a naive reader of the portal's table would apply it (MAP-601, observed): a text or nothing for each row. */
import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import type { SnapshotUser } from "./snapshot.ts"

/** One row of the table: the target's path, and the source expression as the table shows it. */
export interface MappingRow {
  readonly target: string
  readonly source: string | null
}

/** What the default mapping sends as text. `active` and `manager`, the other two of its 22 rows, are judged apart. */
export const DEFAULT_ROWS: readonly MappingRow[] = [
  { target: "userName", source: "[userPrincipalName]" },
  { target: "displayName", source: "[displayName]" },
  { target: "title", source: "[jobTitle]" },
  { target: 'emails[type eq "work"].value', source: "[mail]" },
  { target: "preferredLanguage", source: "[preferredLanguage]" },
  { target: "name.givenName", source: "[givenName]" },
  { target: "name.familyName", source: "[surname]" },
  { target: "name.formatted", source: 'Join(" ", [givenName], [surname])' },
  { target: 'addresses[type eq "work"].formatted', source: "[physicalDeliveryOfficeName]" },
  { target: 'addresses[type eq "work"].streetAddress', source: "[streetAddress]" },
  { target: 'addresses[type eq "work"].locality', source: "[city]" },
  { target: 'addresses[type eq "work"].region', source: "[state]" },
  { target: 'addresses[type eq "work"].postalCode', source: "[postalCode]" },
  { target: 'addresses[type eq "work"].country', source: "[country]" },
  { target: 'phoneNumbers[type eq "work"].value', source: "[telephoneNumber]" },
  { target: 'phoneNumbers[type eq "mobile"].value', source: "[mobile]" },
  { target: 'phoneNumbers[type eq "fax"].value', source: "[facsimileTelephoneNumber]" },
  { target: "externalId", source: "[mailNickname]" },
  { target: `${ENTERPRISE_USER_URN}:employeeNumber`, source: "[employeeId]" },
  { target: `${ENTERPRISE_USER_URN}:department`, source: "[department]" },
]

export const MANAGER_PATH = `${ENTERPRISE_USER_URN}:manager.value`

/** What a user should look like at the target. */
export interface Expectations {
  readonly texts: readonly { readonly path: string; readonly of: (user: SnapshotUser) => string | undefined }[]
  /** The name that a user goes by there. */
  readonly nameOf: (user: SnapshotUser) => string
}

/** Reads the rows that need no expression language; others are not judged. */
export function toExpectations(rows: readonly MappingRow[]): Expectations {
  const texts = rows.flatMap(({ target, source }) => {
    const of = /^active$|:manager$/i.test(target) ? undefined : readerOf(source)
    return of === undefined ? [] : [{ path: target, of }]
  })
  const userName = texts.find(({ path }) => path === "userName")
  return { texts, nameOf: (user) => userName?.of(user) ?? "" }
}

type Reader = (user: SnapshotUser) => string | undefined

function readerOf(source: string | null): Reader | undefined {
  if (source === 'Join(" ", [givenName], [surname])') {
    return ({ attributes }) => joined(attributes["givenName"], attributes["surname"])
  }
  if (source === "[userPrincipalName]") return ({ attributes }) => originalName(attributes["userPrincipalName"])
  const { attribute, constant } = /^(?:\[(?<attribute>\w+)\]|"(?<constant>[^"\\]*)")$/.exec(source ?? "")?.groups ?? {}
  if (attribute !== undefined) return ({ attributes }) => attributes[attribute]
  return constant === undefined ? undefined : () => constant
}

/** A guest's `ada_contoso.example#EXT#@tenant` travels as `ada@contoso.example` (MAP-124, documented). */
function originalName(userPrincipalName: string | undefined): string | undefined {
  const alias = userPrincipalName?.split("#EXT#", 1)[0]
  if (alias === undefined || alias === userPrincipalName) return userPrincipalName
  const at = alias.lastIndexOf("_")
  return at < 0 ? alias : `${alias.slice(0, at)}@${alias.slice(at + 1)}`
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const present = parts.filter((part) => part !== undefined && part !== "")
  return present.length === 0 ? undefined : present.join(" ")
}
