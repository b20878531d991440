/**
 * The tenant: one directory with its users, groups, recycle bin, applications and change feed, in SQLite. Calls are synchronous; a
 * change is written together with its entry in the feed, or not at all. What a call gives back is a snapshot.
 */
import type { Clock, IdSource, Random } from "../../protocol/index.ts"
import type { ObjectType, SourceObject } from "../mapping/model.ts"
import type { Application } from "./applications.ts"
import type { GroupChanges, UserChanges } from "./attributes.ts"
import type { Domain } from "./domains.ts"
import type { PeopleOptions } from "./generator.ts"
import type { Member } from "./memberships.ts"
import type { Group, GroupRef, MemberChange, NewGroup, NewUser, ObjectChange, User, UserRef } from "./model.ts"
import type { PopulationOptions } from "./population.ts"
import type { SourceObjectOptions } from "./source-object.ts"

export interface TenantOptions {
  readonly clock: Clock
  readonly random: Random
  readonly ids: IdSource
  /** A file that keeps the tenant, or ":memory:" (the default). */
  readonly db?: string
  /** The default domain of a new tenant; "contoso.example" unless given. Its initial one is derived from it. */
  readonly domain?: string
  /**
   * Whether security groups go to the recycle bin when deleted, as Microsoft 365 groups always do. Sources differ (GRAPH-211); the newer
   * documentation says yes, which is the default.
   */
  readonly securityGroupsRestorable?: boolean
  /** How long the rules of dynamic groups take to be applied, in milliseconds: unpublished, and 0 unless given (ENG-SCOPE-04). */
  readonly membershipRuleLagMs?: number
}

/** What the calls that change something throw: DirectoryError, with nothing written. */
export interface Tenant {
  /** The tenant's GUID, kept with it: job ids and log entries name it (ENG-JOB-07, ENG-LOG-01). */
  readonly id: string
  /** Creates a user. An id may be given where it must be known beforehand; it is drawn otherwise. */
  createUser(user: NewUser, options?: { readonly id?: string }): User
  /** Creates generated people: live, enabled members with mail unless the options ask for more variety. */
  createUsers(count: number, options?: PeopleOptions): User[]
  /** Fills the tenant with a varied population and groups of several sizes, in bounded memory; gives the groups. */
  populate(options: PopulationOptions): Group[]
  update(user: UserRef, changes: UserChanges): User
  update(group: GroupRef, changes: GroupChanges): Group
  /** Blocks sign-in: accountEnabled becomes false. */
  disable(user: UserRef): User
  enable(user: UserRef): User
  setManager(user: UserRef, manager: UserRef | null): User
  createGroup(
    group: NewGroup,
    options?: { readonly id?: string; readonly members?: readonly (UserRef | GroupRef)[] },
  ): Group
  renameGroup(group: GroupRef, displayName: string): Group
  addMember(group: GroupRef, ...members: readonly (UserRef | GroupRef)[]): void
  removeMember(group: GroupRef, ...members: readonly (UserRef | GroupRef)[]): void

  /** Moves a user to the recycle bin. Its name is mangled there, so that another user may take it (GRAPH-407, inferred). */
  softDelete(user: UserRef): User
  /** Deletes a group: to the recycle bin where such a group is restorable, else for good. */
  deleteGroup(group: GroupRef): void
  /** Brings back from the recycle bin, with memberships and assignments; a user under its old name unless another is given. */
  restore(user: UserRef, options?: { readonly userPrincipalName?: string }): User
  restore(group: GroupRef): Group
  /** Deletes for good what is in the recycle bin. It happens by itself after 30 days. */
  purge(object: UserRef | GroupRef): void

  createApplication(displayName: string, options?: { readonly roles?: readonly string[] }): Application
  application(id: string): Application | undefined
  applications(): readonly Application[]

  /** A user by id, also from the recycle bin. */
  user(id: string): User | undefined
  userNamed(userPrincipalName: string): User | undefined
  /** A group by id, also from the recycle bin. */
  group(id: string): Group | undefined
  /** Live users in the order they were created; read page by page. */
  users(): Iterable<User>
  groups(): Iterable<Group>
  /** Ids of the live users, or groups, likewise. */
  ids(objectType: ObjectType): Iterable<string>
  deletedUsers(): Iterable<User>
  deletedGroups(): Iterable<Group>
  /** The direct, live members of a group; read page by page. */
  members(group: GroupRef): Iterable<Member>
  memberCount(group: GroupRef): number
  isMember(group: GroupRef, member: UserRef | GroupRef): boolean
  /** Whether the object of an id, if there is one, is a direct member of a group. */
  hasMember(group: GroupRef, memberId: string): boolean
  /** Ids of the live groups that an object is a direct member of. */
  groupIdsOf(member: UserRef | GroupRef): readonly string[]
  /** The object as mappings read it. */
  sourceObject(object: User | Group, options?: Pick<SourceObjectOptions, "flowMangledUpn">): SourceObject

  /** How many live users or groups there are. */
  count(objectType: ObjectType): number
  /** The sequence number of the last change. */
  watermark(): number
  /** That of the last change before the first assignment to an application that is newer than `afterMs` (ENG-SCOPE-11). */
  watermarkBefore(assignment: { readonly applicationId: string; readonly afterMs: number }): number
  /** What changed after one watermark, up to another (by default now), one entry an object, in the order of its first change. */
  changesSince(watermark: number, until?: number): Iterable<ObjectChange>
  /** The members that a group gained or lost in that window, also those who are back where they were; none for a purged group. */
  memberChanges(group: GroupRef, watermark: number, until?: number): Iterable<MemberChange>

  domains(): readonly Domain[]
  addDomain(name: string): void
  /** Runs many writes as one unit, which is also many times faster than one by one. Synchronous. */
  transaction<T>(work: () => T): T
  close(): void
}
