/** What the directory shows: snapshots of users and groups, and the changes between two watermarks. Plain data. */
import type { ObjectType } from "../mapping/model.ts"
import type { GroupAttributes, GroupChanges, UserAttributes, UserChanges } from "./attributes.ts"

interface DirectoryObject {
  readonly id: string
  /** Epoch milliseconds. */
  readonly createdAtMs: number
  /** When it went to the recycle bin, in epoch milliseconds; null for a live object. */
  readonly deletedAtMs: number | null
}

/** A user as it was when read. An attribute without a value is absent. */
export type User = UserAttributes &
  DirectoryObject & {
    readonly objectType: "User"
    readonly managerId: string | null
    /** The name that a user in the recycle bin had before, and gets back; null for a live user. */
    readonly nameBeforeDeletion: string | null
  }

/** A group as it was when read. Its members are read apart, since there may be many. */
export type Group = GroupAttributes & DirectoryObject & { readonly objectType: "Group" }

/** What a new user needs. The alias becomes the mailNickname, and the account is enabled, unless given. */
export type NewUser = UserChanges & { readonly userPrincipalName: string; readonly displayName: string }

/** What a new group needs. It is a security group without mail unless given otherwise (GRAPH-202). */
export type NewGroup = GroupChanges & { readonly displayName: string }

/** Names a user in a call; any snapshot of it will do, however old. */
export type UserRef = Pick<User, "objectType" | "id">
/** Names a group in a call. */
export type GroupRef = Pick<Group, "objectType" | "id">

export type ChangeKind =
  | "created"
  | "updated"
  | "manager"
  | "membership" // of a group: its members changed
  | "assignment" // assigned to or unassigned from an application, directly or (users) through a group
  | "softDeleted"
  | "restored"
  | "purged"

/** Everything that happened to one object between two watermarks, as one (ENG-DELTA-05). */
export interface ObjectChange {
  readonly objectType: ObjectType
  readonly objectId: string
  readonly kinds: ReadonlySet<ChangeKind>
  /**
   * The attributes that changed: those updated, `manager`, `members`. Creation and deletion name none: a new object is read whole, and
   * what a deletion changes by itself (the mangled userPrincipalName) is not a change of the person.
   */
  readonly attributes: ReadonlySet<string>
  /** Ids of the applications to which its entitlement may have changed. */
  readonly applicationIds: ReadonlySet<string>
  readonly firstSeq: number
  readonly lastSeq: number
  /** Of the last of these changes, in epoch milliseconds. */
  readonly lastAtMs: number
}

/** A member that a group gained or lost between two watermarks. */
export interface MemberChange {
  readonly memberId: string
  readonly memberType: ObjectType
  readonly added: boolean
}
