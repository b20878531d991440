/**
 * The directory that the user gave (`--directory FILE`). Its names and addresses get a mark that carries the run's id, so that
 * nobody's account is met by accident, cases keep apart, and `scimulate clean` finds what a crashed run left.
 */
import type { IdSource } from "../protocol/index.ts"
import type { DirectoryContents, NewGroup, NewUser } from "../simulator/index.ts"
import { checksum } from "./naming.ts"

export interface GivenDirectory {
  readonly contents: DirectoryContents
  /** Keeps names and addresses where the whole directory is provisioned, and so takes over the accounts that have them. */
  readonly adoptExisting: boolean
}

/** A copy of the directory under marked names. It is another directory: its objects get ids of their own. */
export function markContents(
  { users, groups, notes }: DirectoryContents,
  mark: string,
  ids: IdSource,
): DirectoryContents {
  const copies = new Map([...users, ...groups].flatMap(({ id }) => (id === null ? [] : [[id, ids.next()] as const])))
  const copyOf = (id: string): string => copies.get(id) ?? id
  return {
    users: users.map(({ id, attributes, managerId }) => ({
      id: id === null ? null : copyOf(id),
      attributes: { ...attributes, ...markedUserNames(attributes, mark) },
      managerId: managerId === null ? null : copyOf(managerId),
    })),
    groups: groups.map(({ id, attributes, memberIds }) => ({
      id: copyOf(id),
      attributes: { ...attributes, ...markedGroupNames(attributes, mark) },
      memberIds: memberIds.map(copyOf),
    })),
    notes,
  }
}

type UserNames = Pick<
  NewUser,
  "userPrincipalName" | "mailNickname" | "mail" | "employeeId" | "proxyAddresses" | "otherMails"
>
type GroupNames = Pick<NewGroup, "displayName" | "mailNickname" | "mail" | "proxyAddresses">

/** Everything that tells one user from others, marked. */
export function markedUserNames(user: NewUser, mark: string): UserNames {
  const { userPrincipalName, mailNickname, mail, employeeId, proxyAddresses, otherMails } = user
  const [alias = ""] = userPrincipalName.split("@", 1)
  return {
    userPrincipalName: markAddress(userPrincipalName, mark),
    mailNickname: markAlias(mailNickname ?? alias, mark),
    ...(mail && { mail: markAddress(mail, mark) }),
    ...(employeeId && { employeeId: `${employeeId}-${mark}` }),
    ...(proxyAddresses && { proxyAddresses: proxyAddresses.map((address) => markAddress(address, mark)) }),
    ...(otherMails && { otherMails: otherMails.map((address) => markAddress(address, mark)) }),
  }
}

/** Everything that tells one group from others, marked. */
export function markedGroupNames(group: NewGroup, mark: string): GroupNames {
  const { displayName, mailNickname, mail, proxyAddresses } = group
  return {
    displayName: `${displayName}-${mark}`,
    ...(mailNickname && { mailNickname: markAlias(mailNickname, mark) }),
    ...(mail && { mail: markAddress(mail, mark) }),
    ...(proxyAddresses && { proxyAddresses: proxyAddresses.map((address) => markAddress(address, mark)) }),
  }
}

/** Marks the part before the @, which proxy addresses of other kinds do without. */
function markAddress(address: string, mark: string): string {
  const at = address.lastIndexOf("@")
  return at === -1 ? `${address}-${mark}` : `${markAlias(address.slice(0, at), mark)}${address.slice(at)}`
}

/** A guest's alias holds the address at home: `ada_partner.example#EXT#` (MAP-124). */
const GUEST_ALIAS = /^(?<alias>.*)(?<home>_[^_]*#EXT#)$/
/** RFC 5321 §4.5.3.1.1, and what a userPrincipalName allows. */
const ALIAS_LENGTH_MAX = 64

/** `ada` becomes `ada-k3f9a1x-0b4zq`; a long one keeps its start and a checksum, so that no two become the same. */
function markAlias(text: string, mark: string): string {
  const { alias = text, home = "" } = GUEST_ALIAS.exec(text)?.groups ?? {}
  const room = ALIAS_LENGTH_MAX - mark.length - 1
  if (alias.length <= room) return `${alias}-${mark}${home}`
  const sum = checksum(alias)
  return `${alias.slice(0, room - sum.length - 1)}-${sum}-${mark}${home}`
}
