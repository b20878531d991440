/** What is wrong with the contents of a directory file as a whole, beyond the form of each entry. */
import { DirectoryError } from "../directory-error.ts"
import { domainOf } from "../user-principal-name.ts"
import type { DirectoryContents, ImportedUser } from "./contents.ts"

/** The first problem, and the entry and property that it is about. */
export interface ContentProblem {
  readonly list: "users" | "groups"
  readonly index: number
  readonly property: "id" | "userPrincipalName" | "manager" | "members"
  /** Which member of a group. */
  readonly memberIndex?: number
  readonly problem: string
}

/** Finds the first entry that can't be imported; null where all can. */
export function findProblem(contents: DirectoryContents): ContentProblem | null {
  for (const problem of problemsOf(contents)) return problem
  return null
}

function* problemsOf({ users, groups }: DirectoryContents): Generator<ContentProblem> {
  const ids = new Set<string>()
  const names = new Set<string>()
  for (const [index, user] of users.entries()) {
    yield* repeatedId(user.id, ids, "users", index)
    yield* wrongName(user, names, index)
  }
  for (const [index, { id }] of groups.entries()) yield* repeatedId(id, ids, "groups", index)
  const userIds = new Set(users.map(({ id }) => id))
  for (const [index, { managerId }] of users.entries()) {
    if (managerId === null || userIds.has(managerId)) continue
    const problem = `The manager ${managerId} is none of the users in the file. Export that user too, or leave the manager out.`
    yield { list: "users", index, property: "manager", problem }
  }
  for (const [index, { memberIds }] of groups.entries()) yield* wrongMembers(memberIds, ids, index)
}

function* repeatedId(
  id: string | null,
  seen: Set<string>,
  list: "users" | "groups",
  index: number,
): Generator<ContentProblem> {
  if (id === null) return
  if (seen.has(id))
    yield { list, index, property: "id", problem: `The id ${id} was used before in the file; keep one of the two.` }
  seen.add(id)
}

function* wrongName({ attributes }: ImportedUser, seen: Set<string>, index: number): Generator<ContentProblem> {
  const { userPrincipalName } = attributes
  const at = { list: "users", index, property: "userPrincipalName" } as const
  try {
    domainOf(userPrincipalName)
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error
    yield { ...at, problem: error.message }
  }
  const key = userPrincipalName.toLowerCase()
  if (seen.has(key)) {
    const problem = `The userPrincipalName ${userPrincipalName} was used before in the file; it must be unique, whatever its case.`
    yield { ...at, problem }
  }
  seen.add(key)
}

function* wrongMembers(
  memberIds: readonly string[],
  known: ReadonlySet<string>,
  index: number,
): Generator<ContentProblem> {
  const seen = new Set<string>()
  for (const [memberIndex, id] of memberIds.entries()) {
    const at = { list: "groups", index, property: "members", memberIndex } as const
    if (!known.has(id)) {
      const problem = `The member ${id} is no user or group of the file. Export it too, or leave it out of the members.`
      yield { ...at, problem }
    }
    if (seen.has(id)) yield { ...at, problem: `The member ${id} is in the list twice; keep one.` }
    seen.add(id)
  }
}
