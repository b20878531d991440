/**
 * The tenant as a naive reader keeps it: plain data, each change a new value. The model's events change it beside the real tenant, so
 * what the target should hold is never read from what is tested.
 */
import type { DirectorySnapshot, SnapshotGroup, SnapshotUser } from "../../scenarios/oracles/snapshot.ts"

/** How long the recycle bin keeps what is in it (ENG-DEPROV-03, documented). */
const RECYCLE_BIN_MS = 30 * 86_400_000

/** When it went to the recycle bin, in epoch milliseconds; null for a live one. */
interface Deletable {
  readonly deletedAtMs: number | null
}

export type Person = SnapshotUser & Deletable
export type Team = SnapshotGroup & Deletable

export interface Directory extends DirectorySnapshot {
  readonly users: readonly Person[]
  readonly groups: readonly Team[]
}

export const EMPTY_DIRECTORY: Directory = { users: [], groups: [], assigned: new Set() }

export function personIn(directory: Directory, id: string): Person | undefined {
  return directory.users.find((person) => person.id === id)
}

export function teamIn(directory: Directory, id: string): Team | undefined {
  return directory.groups.find((team) => team.id === id)
}

export function isMember(directory: Directory, teamId: string, personId: string): boolean {
  return teamIn(directory, teamId)?.memberIds.includes(personId) ?? false
}

export function addPerson(directory: Directory, id: string, attributes: Record<string, string>): Directory {
  const person = { id, attributes, enabled: true, deleted: false, deletedAtMs: null, managerId: null }
  return { ...directory, users: [...directory.users, person] }
}

export function addTeam(directory: Directory, id: string, displayName: string): Directory {
  const team = { id, displayName, deleted: false, deletedAtMs: null, memberIds: [] }
  return { ...directory, groups: [...directory.groups, team] }
}

export function changePerson(directory: Directory, id: string, change: Partial<Person>): Directory {
  return {
    ...directory,
    users: directory.users.map((person) => (person.id === id ? { ...person, ...change } : person)),
  }
}

export function changeTeam(directory: Directory, id: string, change: Partial<Team>): Directory {
  return { ...directory, groups: directory.groups.map((team) => (team.id === id ? { ...team, ...change } : team)) }
}

/** Sets attributes; null clears. */
export function changeAttributes(
  directory: Directory,
  id: string,
  changes: Readonly<Record<string, string | null>>,
): Directory {
  const before = personIn(directory, id)?.attributes ?? {}
  const entries = Object.entries({ ...before, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  return changePerson(directory, id, { attributes: Object.fromEntries(entries) })
}

export function setAssigned(directory: Directory, id: string, isAssigned: boolean): Directory {
  const assigned = new Set(directory.assigned)
  if (isAssigned) assigned.add(id)
  else assigned.delete(id)
  return { ...directory, assigned }
}

/** Into the recycle bin, or out of it: memberships, assignments and managers stay (GRAPH-401). */
export function setDeleted(directory: Directory, id: string, deletedAtMs: number | null): Directory {
  const change = { deleted: deletedAtMs !== null, deletedAtMs }
  return changeTeam(changePerson(directory, id, change), id, change)
}

export function purge({ users, groups, assigned }: Directory, id: string): Directory {
  const purged = {
    users: users
      .filter((person) => person.id !== id)
      .map((person) => (person.managerId === id ? { ...person, managerId: null } : person)),
    groups: groups
      .filter((team) => team.id !== id)
      .map((team) =>
        team.memberIds.includes(id) ? { ...team, memberIds: team.memberIds.filter((one) => one !== id) } : team,
      ),
    assigned,
  }
  return setAssigned(purged, id, false)
}

/** What the bin has let go of by `nowMs`, the oldest first, with the instant at which it did. */
export function expiries(
  directory: Directory,
  nowMs: number,
): readonly { readonly id: string; readonly atMs: number }[] {
  return [...directory.users, ...directory.groups]
    .flatMap(({ id, deletedAtMs }) => (deletedAtMs === null ? [] : [{ id, atMs: deletedAtMs + RECYCLE_BIN_MS }]))
    .filter(({ atMs }) => atMs <= nowMs)
    .toSorted((a, b) => a.atMs - b.atMs)
}
