/**
 * The directory as plain data, and what a naive reading makes of it. The second oracle knows nothing of the simulator: it
 * gets one snapshot for each time that a cycle looked, and draws its own conclusions about who was in scope when.
 */

export interface SnapshotUser {
  readonly id: string
  /** As the directory names them; without those that have no value. While in the recycle bin: the name it had before. */
  readonly attributes: Readonly<Record<string, string>>
  readonly enabled: boolean
  readonly deleted: boolean
  readonly managerId: string | null
}

export interface SnapshotGroup {
  readonly id: string
  readonly displayName: string
  readonly deleted: boolean
  readonly memberIds: readonly string[]
}

export interface DirectorySnapshot {
  /** Live ones and those in the recycle bin. */
  readonly users: readonly SnapshotUser[]
  readonly groups: readonly SnapshotGroup[]
  /** Ids of users and groups that are assigned to the application themselves. */
  readonly assigned: ReadonlySet<string>
}

/** What cycles have seen, oldest first, and the directory now. */
export interface History {
  readonly seen: readonly DirectorySnapshot[]
  readonly now: DirectorySnapshot
}

export function userIn(snapshot: DirectorySnapshot, id: string): SnapshotUser | undefined {
  return snapshot.users.find((user) => user.id === id)
}

export function groupIn(snapshot: DirectorySnapshot, id: string): SnapshotGroup | undefined {
  return snapshot.groups.find((group) => group.id === id)
}

/** Assigned, or a direct member of a live group that is (ENG-SCOPE-02, documented). */
export function isEntitled(snapshot: DirectorySnapshot, id: string): boolean {
  if (snapshot.assigned.has(id)) return true
  return snapshot.groups.some(
    (group) => !group.deleted && snapshot.assigned.has(group.id) && group.memberIds.includes(id),
  )
}

/** Entitled, enabled and not deleted (ENG-SCOPE-10, inferred). */
export function isUserInScope(snapshot: DirectorySnapshot, id: string): boolean {
  const user = userIn(snapshot, id)
  return user !== undefined && user.enabled && !user.deleted && isEntitled(snapshot, id)
}

/** Groups need an assignment of their own (ENG-SCOPE-10, inferred). */
export function isGroupInScope(snapshot: DirectorySnapshot, id: string): boolean {
  const group = groupIn(snapshot, id)
  return group !== undefined && !group.deleted && snapshot.assigned.has(id)
}

/** All that was ever there, by id, in order of appearance. */
export function idsOf(history: History, kind: "users" | "groups"): string[] {
  return [...new Set([...history.seen, history.now].flatMap((snapshot) => snapshot[kind].map(({ id }) => id)))]
}

/**
 * Whether a reference had its chance: it is written when its owner is looked at, provided the one it points to has an
 * account by then (ENG-REF-01). Looks at the latest stretch of snapshots for which the reference has been there.
 */
export function hadItsChance(
  history: History,
  isThere: (snapshot: DirectorySnapshot) => boolean,
  toId: string,
): boolean {
  const { seen } = history
  let first = seen.length
  while (first > 0 && holdsAt(seen, first - 1, isThere)) first -= 1
  return first < seen.length && seen.slice(0, first + 1).some((snapshot) => isUserInScope(snapshot, toId))
}

function holdsAt(
  seen: readonly DirectorySnapshot[],
  index: number,
  isThere: (snapshot: DirectorySnapshot) => boolean,
): boolean {
  const snapshot = seen[index]
  return snapshot !== undefined && isThere(snapshot)
}
