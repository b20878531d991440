/**
 * The directory as a provisioning job sees it: one entry per user or group with its entitlement to the application, and the
 * feed of changes (ENG-DELTA-01 to -10). Reads the tenant; never writes it.
 */
import type { Application } from "../directory/applications.ts"
import type { AppRoleAssignment } from "../mapping/functions/definition.ts"
import { isDirectoryAttribute } from "../directory/source-object.ts"
import type { Group, MemberChange, ObjectChange, User } from "../directory/model.ts"
import type { Tenant } from "../directory/tenant-interface.ts"
import type { ObjectType, SourceObject } from "../mapping/model.ts"
import type { CycleKind } from "./context.ts"
import type { JobSettings } from "./settings.ts"

/** A user or group of the directory, as it is now. */
export interface SourceEntry {
  readonly objectType: ObjectType
  readonly id: string
  readonly displayName: string
  /** How logs name it: a user's userPrincipalName, a group's displayName. */
  readonly name: string
  /** Enabled and not in the recycle bin; a group that exists. */
  readonly isActive: boolean
  readonly isDeleted: boolean
  /** Assigned to the application, directly or as a direct member of an assigned group (ENG-SCOPE-02). */
  readonly isAssigned: boolean
  readonly managerId: string | null
  /** Its attributes, without those that only the job can compute. */
  readonly attributes: SourceObject
  /** The roles it holds in the application, by its own assignments and by those of its groups. */
  appRoles(): readonly AppRoleAssignment[]
}

export interface SourceDirectory {
  /** Object id of the application that the job belongs to. */
  readonly applicationId: string
  /** Where the feed stands now, as far as it is visible. */
  watermark(): number
  /** How many objects a cycle over that window looks at. */
  size(window: { readonly kind: CycleKind; readonly since: number; readonly until: number }): number
  /** Every live object of a type, by id. */
  everything(objectType: ObjectType): Iterable<string>
  /** What changed, one item per object. */
  changes(since: number, until: number): Iterable<ObjectChange>
  memberChanges(groupId: string, since: number, until: number): Iterable<MemberChange>
  /** Null once it is purged. */
  entry(objectType: ObjectType, id: string): SourceEntry | null
  /** Ids of a group's live, direct members. */
  memberIds(groupId: string): Iterable<string>
  isMember(groupId: string, memberId: string): boolean
  /** Null where the tenant has none. */
  defaultDomain(): string | null
}

export function createSource(
  tenant: Tenant,
  application: Application,
  settings: Pick<JobSettings, "flowMangledUpn" | "assignmentPropagationDelayMs">,
  nowMs: number,
): SourceDirectory {
  const { flowMangledUpn, assignmentPropagationDelayMs: delayMs } = settings
  // ENG-SCOPE-11: what was assigned after this is not visible yet.
  const untilMs = delayMs === 0 ? Number.MAX_SAFE_INTEGER : nowMs - delayMs

  let domain: string | null | undefined
  const find = (objectType: ObjectType, id: string): User | Group | undefined =>
    objectType === "User" ? tenant.user(id) : tenant.group(id)
  return {
    applicationId: application.id,
    watermark: () =>
      delayMs === 0 ? tenant.watermark() : tenant.watermarkBefore({ applicationId: application.id, afterMs: untilMs }),
    size: ({ kind, since, until }) =>
      kind === "initial" ? tenant.count("User") + tenant.count("Group") : countOf(tenant.changesSince(since, until)),
    everything: (objectType) => tenant.ids(objectType),
    changes: (since, until) => tenant.changesSince(since, until),
    memberChanges: (groupId, since, until) => tenant.memberChanges({ objectType: "Group", id: groupId }, since, until),
    entry(objectType, id) {
      const object = find(objectType, id)
      if (object === undefined) return null
      const entitlement = application.entitlementOf(object, { untilMs })
      return {
        ...toEntry(object),
        isAssigned: entitlement.isAssigned,
        attributes: keptOnly(objectType, tenant.sourceObject(object, { flowMangledUpn })),
        appRoles: entitlement.roles,
      }
    },
    memberIds: (groupId) => idsOf(tenant.members({ objectType: "Group", id: groupId })),
    isMember: (groupId, memberId) => tenant.hasMember({ objectType: "Group", id: groupId }, memberId),
    defaultDomain: () => (domain === undefined ? (domain = defaultDomainOf(tenant)) : domain),
  }
}

function defaultDomainOf(tenant: Tenant): string | null {
  return tenant.domains().find(({ kind }) => kind === "default")?.name ?? null
}

function countOf(items: Iterable<unknown>): number {
  return Iterator.from(items).reduce<number>((count) => count + 1, 0)
}

function* idsOf(objects: Iterable<{ readonly id: string }>): Generator<string> {
  for (const { id } of objects) yield id
}

/**
 * A real tenant's schema may name attributes that the simulated directory does not keep (a mapping says which): they have no
 * value. So has, in a filter, what only the job computes.
 */
function keptOnly(objectType: ObjectType, source: SourceObject): SourceObject {
  return { read: (name) => (isDirectoryAttribute(objectType, name) ? source.read(name) : null) }
}

function toEntry(object: User | Group): Omit<SourceEntry, "isAssigned" | "attributes" | "appRoles"> {
  const isUser = object.objectType === "User"
  const isDeleted = object.deletedAtMs !== null
  return {
    objectType: object.objectType,
    id: object.id,
    displayName: object.displayName,
    name: isUser ? (object.nameBeforeDeletion ?? object.userPrincipalName) : object.displayName,
    isActive: !isDeleted && (!isUser || object.accountEnabled),
    isDeleted,
    managerId: isUser ? object.managerId : null,
  }
}
