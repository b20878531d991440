/** The forms that a userPrincipalName takes: as given, of a guest, and of a user in the recycle bin. */
import { DirectoryError } from "./directory-error.ts"

/** Alias characters of GRAPH-103 (documented), then a domain. */
const FORM = /^[A-Za-z0-9'.\-_!#^~]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/

const GUEST_MARK = "#EXT#"

/** The domain of a userPrincipalName, in lower case. Throws {@link DirectoryError} where the form is wrong. */
export function domainOf(userPrincipalName: string): string {
  const domain = FORM.exec(userPrincipalName)?.[1]
  if (domain === undefined) {
    throw new DirectoryError(
      "InvalidValue",
      `"${userPrincipalName}" is no userPrincipalName: it must be alias@domain, with A-Z a-z 0-9 ' . - _ ! # ^ ~ in the alias.`,
    )
  }
  return domain.toLowerCase()
}

/** The part before the @. */
export function aliasOf(userPrincipalName: string): string {
  return userPrincipalName.slice(0, userPrincipalName.lastIndexOf("@"))
}

/** What a guest with this address is called in a tenant: `ada_partner.example#EXT#@<initial domain>`. */
export function toGuestName(address: string, initialDomain: string): string {
  return `${address.replace("@", "_")}${GUEST_MARK}@${initialDomain}`
}

/**
 * What mappings read: a guest's own address, the name itself for everybody else (MAP-124, ENG-SCOPE-15, documented). The last `_` stands
 * for the @, since a domain has none.
 */
export function toOriginalAddress(userPrincipalName: string): string {
  const markIndex = userPrincipalName.indexOf(GUEST_MARK)
  if (markIndex === -1) return userPrincipalName
  const mangled = userPrincipalName.slice(0, markIndex)
  const atIndex = mangled.lastIndexOf("_")
  return atIndex === -1 ? mangled : `${mangled.slice(0, atIndex)}@${mangled.slice(atIndex + 1)}`
}

/** The name of a user in the recycle bin: the object id without dashes before it, so that the name is free (GRAPH-407, inferred). */
export function toDeletedName(userPrincipalName: string, objectId: string): string {
  return objectId.replaceAll("-", "") + userPrincipalName
}
