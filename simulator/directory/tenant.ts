/** Puts a tenant together: what it offers stands in `tenant-interface.ts`. */
import { toApplication } from "./applications.ts"
import type { GroupChanges, UserChanges } from "./attributes.ts"
import { createDynamicGroups } from "./dynamic-groups.ts"
import type { PeopleSource } from "./generator.ts"
import type { Group, GroupRef, User, UserRef } from "./model.ts"
import { toGroup, toUser } from "./objects.ts"
import { createParts, requireKey, requireObject } from "./parts.ts"
import { addPeople, populate } from "./population.ts"
import { createRecycleBin } from "./recycle-bin.ts"
import { toSourceObject } from "./source-object.ts"
import type { Tenant, TenantOptions } from "./tenant-interface.ts"
import {
  addMember,
  createGroup,
  createUser,
  removeMember,
  setManager,
  toUpnKey,
  updateObject,
} from "./users-and-groups.ts"

const DEFAULT_DOMAIN = "contoso.example"

/** Opens a tenant. Throws DirectoryError where the file can't be used. */
export function createTenant(options: TenantOptions): Tenant {
  const {
    clock,
    ids,
    random,
    db = ":memory:",
    domain = DEFAULT_DOMAIN,
    securityGroupsRestorable = true,
    membershipRuleLagMs = 0,
  } = options
  const parts = createParts({ clock, ids, db, domain })
  const bin = createRecycleBin(parts)
  const dynamic = createDynamicGroups(parts, membershipRuleLagMs)
  const { objects, memberships, assignments, domains, feed } = parts
  /** Lets happen what has fallen due since somebody last looked. */
  const catchUp = (): void => {
    bin.purgeExpired()
    dynamic.catchUp()
  }

  /** A snapshot of what was just written. */
  const userOf = (ref: UserRef): User => toUser(requireObject(parts, ref, "any"))
  const groupOf = (ref: GroupRef): Group => toGroup(requireObject(parts, ref, "any"))

  function* usersWhere(condition: string): Generator<User> {
    catchUp()
    for (const row of objects.pages(`type = 'User' AND ${condition}`)) yield toUser(row)
  }
  function* groupsWhere(condition: string): Generator<Group> {
    catchUp()
    for (const row of objects.pages(`type = 'Group' AND ${condition}`)) yield toGroup(row)
  }

  const peopleSource = (): PeopleSource => ({
    random,
    nowMs: clock.now(),
    domains: domains.list(),
    firstNumber: objects.nextKey(),
  })

  function update(user: UserRef, changes: UserChanges): User
  function update(group: GroupRef, changes: GroupChanges): Group
  function update(ref: UserRef | GroupRef, changes: UserChanges | GroupChanges): User | Group {
    parts.atomically(() => {
      updateObject(parts, ref, changes)
      if (ref.objectType === "Group" && "membershipRule" in changes) dynamic.take(ref)
    })
    return ref.objectType === "User" ? userOf(ref) : groupOf(ref)
  }

  function restore(user: UserRef, options?: { readonly userPrincipalName?: string }): User
  function restore(group: GroupRef): Group
  function restore(ref: UserRef | GroupRef, { userPrincipalName }: { userPrincipalName?: string } = {}): User | Group {
    catchUp()
    bin.restore(ref, userPrincipalName)
    return ref.objectType === "User" ? userOf(ref) : groupOf(ref)
  }

  return {
    id: parts.tenantId,
    createUser(user, { id = ids.next() } = {}) {
      createUser(parts, user, id)
      return userOf({ objectType: "User", id })
    },
    createUsers: (count, peopleOptions) =>
      parts.atomically(() => Array.from(addPeople(parts, peopleSource(), count, peopleOptions), userOf)),
    populate: (populationOptions) =>
      parts.atomically(() => populate(parts, peopleSource(), populationOptions).map(groupOf)),
    update,
    disable: (user) => update(user, { accountEnabled: false }),
    enable: (user) => update(user, { accountEnabled: true }),
    setManager(user, manager) {
      setManager(parts, user, manager)
      return userOf(user)
    },
    createGroup: (group, { id = ids.next(), members = [] } = {}) =>
      parts.atomically(() => {
        createGroup(parts, group, id)
        const created: GroupRef = { objectType: "Group", id }
        dynamic.take(created)
        if (members.length > 0) dynamic.assertStatic(created)
        for (const member of members) addMember(parts, created, member)
        return groupOf(created)
      }),
    renameGroup: (group, displayName) => update(group, { displayName }),
    addMember: (group, ...members) =>
      parts.atomically(() => {
        dynamic.assertStatic(group)
        for (const member of members) addMember(parts, group, member)
      }),
    removeMember: (group, ...members) =>
      parts.atomically(() => {
        dynamic.assertStatic(group)
        for (const member of members) removeMember(parts, group, member)
      }),

    softDelete(user) {
      bin.softDelete(user)
      return userOf(user)
    },
    deleteGroup(group) {
      const { groupTypes = [] } = groupOf(group)
      if (securityGroupsRestorable || groupTypes.includes("Unified")) bin.softDelete(group)
      else bin.deletePermanently(group)
    },
    restore,
    purge(object) {
      catchUp()
      bin.purge(object)
    },

    createApplication: (displayName, { roles } = {}) =>
      toApplication(parts, assignments.createApplication(displayName, roles, ids, clock.now())),
    application: (id) => {
      const row = assignments.findApplication(id)
      return row === undefined ? undefined : toApplication(parts, row)
    },
    applications: () => assignments.applications().map((row) => toApplication(parts, row)),

    user(id) {
      catchUp()
      const row = objects.find(id)
      return row?.type === "User" ? toUser(row) : undefined
    },
    userNamed(userPrincipalName) {
      const row = objects.findByUpn(toUpnKey(userPrincipalName))
      return row === undefined ? undefined : toUser(row)
    },
    group(id) {
      catchUp()
      const row = objects.find(id)
      return row?.type === "Group" ? toGroup(row) : undefined
    },
    users: () => usersWhere("deleted_at IS NULL"),
    groups: () => groupsWhere("deleted_at IS NULL"),
    *ids(objectType) {
      catchUp()
      yield* objects.ids(objectType)
    },
    deletedUsers: () => usersWhere("deleted_at IS NOT NULL"),
    deletedGroups: () => groupsWhere("deleted_at IS NOT NULL"),
    members(group) {
      dynamic.catchUp()
      return memberships.membersOf(requireKey(parts, group))
    },
    memberCount(group) {
      dynamic.catchUp()
      return memberships.count(requireKey(parts, group))
    },
    isMember(group, member) {
      dynamic.catchUp()
      return memberships.has(requireKey(parts, group), requireKey(parts, member))
    },
    hasMember(group, memberId) {
      catchUp()
      const member = objects.identify(memberId)
      return member !== undefined && memberships.has(requireKey(parts, group), member.key)
    },
    groupIdsOf: (member) => memberships.groupIdsOf(requireKey(parts, member)),
    sourceObject: (object, sourceOptions) =>
      toSourceObject(object, {
        ...sourceOptions,
        memberIds: () => Array.from(memberships.membersOf(requireObject(parts, object, "any").key), ({ id }) => id),
      }),

    watermark() {
      catchUp()
      return feed.watermark()
    },
    count(objectType) {
      catchUp()
      return objects.count(objectType)
    },
    watermarkBefore(assignment) {
      catchUp()
      return feed.watermarkBefore(assignment)
    },
    changesSince(watermark, until) {
      catchUp()
      return feed.since(watermark, until)
    },
    memberChanges(group, watermark, until) {
      const row = objects.find(group.id)
      return row === undefined ? [] : feed.memberChanges(row.key, watermark, until)
    },

    domains: () => domains.list(),
    addDomain: (name) => domains.add(name),
    transaction: (work) => parts.atomically(work),
    close: () => parts.db.close(),
  }
}
