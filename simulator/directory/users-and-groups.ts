/** The rules for creating and changing users and groups. Each change is appended to the feed in the same unit as the write. */
import type { ObjectType } from "../mapping/model.ts"
import { checkAttributes, checkNewAttributes, type StoredValue } from "./attributes.ts"
import type { ChangedObject } from "./change-feed.ts"
import { DirectoryError } from "./directory-error.ts"
import type { GroupRef, NewGroup, NewUser, UserRef } from "./model.ts"
import { attributesOf, nameOf, type Parts, requireObject } from "./parts.ts"
import { aliasOf, domainOf } from "./user-principal-name.ts"

/** How a userPrincipalName is compared: without case, unique in the tenant. */
export function toUpnKey(userPrincipalName: string): string {
  return userPrincipalName.toLowerCase()
}

/** Throws {@link DirectoryError} where another object has the name. */
export function assertUpnFree(parts: Parts, userPrincipalName: string, ownId: string | null): void {
  const holder = parts.objects.findByUpn(toUpnKey(userPrincipalName))
  if (holder === undefined || holder.id === ownId) return
  throw new DirectoryError(
    "DuplicateValue",
    `The userPrincipalName ${userPrincipalName} is taken: ${nameOf(holder)} has it. Choose another.`,
  )
}

/** Creates a user, with a manager if one is given: a live user. */
export function createUser(parts: Parts, given: NewUser, id: string, manager?: ChangedObject): ChangedObject {
  const attributes = checkNewAttributes("User", given)
  const upn = requireText(attributes, "User", "userPrincipalName")
  requireText(attributes, "User", "displayName")
  parts.domains.assertVerified(domainOf(upn), upn)
  setDefault(attributes, "mailNickname", aliasOf(upn))
  setDefault(attributes, "accountEnabled", true)
  return insert(parts, { id, type: "User", upnKey: toUpnKey(upn), attributes, managerKey: manager?.key ?? null })
}

/** Creates a group. */
export function createGroup(parts: Parts, given: NewGroup, id: string): void {
  const attributes = checkNewAttributes("Group", given)
  requireText(attributes, "Group", "displayName")
  setDefault(attributes, "securityEnabled", true)
  setDefault(attributes, "mailEnabled", false)
  if (attributes.has("membershipRule")) setDefault(attributes, "groupTypes", ["DynamicMembership"])
  // As the portal does for security groups, whose nickname nobody sees.
  setDefault(attributes, "mailNickname", id.slice(0, 10))
  insert(parts, { id, type: "Group", upnKey: null, attributes, managerKey: null })
}

function insert(parts: Parts, given: Omit<Parameters<Parts["objects"]["insert"]>[0], "atMs">): ChangedObject {
  const atMs = parts.clock.now()
  return parts.atomically(() => {
    const object = parts.objects.insert({ ...given, atMs })
    if (object === null) throw explainConflict(parts, given.id, given.attributes.get("userPrincipalName"))
    parts.feed.record(object, "created", atMs)
    if (given.managerKey !== null) parts.feed.record(object, "manager", atMs)
    return object
  })
}

/** Which unique value was taken: looked up only after the insert has failed, as it hardly ever does. */
function explainConflict(parts: Parts, id: string, upn: StoredValue | undefined): DirectoryError {
  if (typeof upn === "string") assertUpnFree(parts, upn, null)
  return new DirectoryError("DuplicateValue", `The id ${id} is taken; ids are unique among all objects of the tenant.`)
}

function setDefault(attributes: Map<string, StoredValue>, name: string, value: StoredValue): void {
  if (!attributes.has(name)) attributes.set(name, value)
}

function requireText(attributes: ReadonlyMap<string, StoredValue>, type: ObjectType, name: string): string {
  const value = attributes.get(name)
  if (typeof value === "string") return value
  throw new DirectoryError("MissingValue", `A new ${type.toLowerCase()} needs a ${name}.`)
}

/** Changes attributes of a live object. What is the same already is no change, and leaves no trace in the feed. */
export function updateObject(parts: Parts, ref: UserRef | GroupRef, changes: object): void {
  const row = requireObject(parts, ref)
  const attributes = attributesOf(row)
  const changed: string[] = []
  for (const [name, value] of checkAttributes(row.type, changes)) {
    if (isSame(attributes.get(name), value)) continue
    changed.push(name)
    if (value === null) attributes.delete(name)
    else attributes.set(name, value)
  }
  if (changed.length === 0) return
  const upn = attributes.get("userPrincipalName")
  if (typeof upn === "string" && changed.includes("userPrincipalName")) {
    parts.domains.assertVerified(domainOf(upn), upn)
    assertUpnFree(parts, upn, row.id)
  }
  parts.atomically(() => {
    parts.objects.rewrite(row.key, typeof upn === "string" ? toUpnKey(upn) : null, attributes)
    parts.feed.record(row, "updated", parts.clock.now(), { attributes: changed })
  })
}

function isSame(stored: StoredValue | undefined, given: StoredValue | null): boolean {
  if (stored === undefined || given === null) return stored === undefined && given === null
  if (typeof stored === "object" && typeof given === "object") {
    return stored.length === given.length && stored.every((item, index) => item === given[index])
  }
  return stored === given
}

/** Sets or removes a user's manager, a live user. */
export function setManager(parts: Parts, user: UserRef, manager: UserRef | null): void {
  const row = requireObject(parts, user)
  const managerRow = manager === null ? null : requireObject(parts, manager)
  if (row.manager_id === (managerRow?.id ?? null)) return
  parts.atomically(() => {
    parts.objects.setManager(row.key, managerRow?.key ?? null)
    parts.feed.record(row, "manager", parts.clock.now())
  })
}

/** Adds a live user or group to a live group; on an assigned group the member's entitlement changes with it (ENG-DELTA-08). */
export function addMember(parts: Parts, group: GroupRef, member: UserRef | GroupRef): void {
  const groupRow = requireObject(parts, group)
  const memberRow = requireObject(parts, member)
  parts.atomically(() => {
    if (!parts.memberships.add(groupRow.key, memberRow.key)) {
      throw new DirectoryError("DuplicateReference", `${nameOf(memberRow)} is a member of ${nameOf(groupRow)} already.`)
    }
    recordMembership(parts, groupRow, memberRow, true)
  })
}

/** Removes a member, also one that lies in the recycle bin. */
export function removeMember(parts: Parts, group: GroupRef, member: UserRef | GroupRef): void {
  const groupRow = requireObject(parts, group)
  const memberRow = requireObject(parts, member, "any")
  parts.atomically(() => {
    if (!parts.memberships.remove(groupRow.key, memberRow.key)) {
      throw new DirectoryError("UnknownReference", `${nameOf(memberRow)} is no direct member of ${nameOf(groupRow)}.`)
    }
    recordMembership(parts, groupRow, memberRow, false)
  })
}

type Row = ReturnType<typeof requireObject>

function recordMembership(parts: Parts, group: Row, member: Row, added: boolean): void {
  const atMs = parts.clock.now()
  parts.feed.record(group, "membership", atMs, { related: member, added })
  // Who lies in the recycle bin is shown again when they are restored or purged, and by nothing else.
  if (member.type !== "User" || member.deleted_at !== null) return
  for (const id of parts.assignments.applicationIdsOf(group.key)) {
    parts.feed.record(member, "assignment", atMs, { related: { id, type: "Application" }, added })
  }
}
