/** Is one group at the target, with the members that it should have? */
import { isArray, isObject, memberOf, readPath } from "../path-value.ts"
import {
  differsInCaseOnly,
  textAt,
  Verdict,
  type Convergence,
  type Situation,
  type TargetResource,
  lastKnown,
} from "./situation.ts"
import {
  groupIn,
  hadItsChance,
  isGroupInScope,
  isUserInScope,
  userIn,
  type DirectorySnapshot,
  type History,
  type SnapshotGroup,
} from "./snapshot.ts"

/** Judges one directory group. */
export function judgeGroup(id: string, situation: Situation): Convergence {
  const { history, groups, exemptions } = situation
  const found = groups.get(id) ?? []
  const group = lastKnown(history, (snapshot) => groupIn(snapshot, id))
  const name = group?.displayName ?? id
  const verdict = new Verdict(name, exemptions)
  const wasProvisioned = history.seen.some((snapshot) => isGroupInScope(snapshot, id))
  if (group !== undefined && isGroupInScope(history.now, id)) judgeLive(group, found, situation, verdict)
  else {
    for (const left of found.filter(({ byJob }) => wasProvisioned || byJob)) {
      verdict.differ("id", {
        code: "group-not-deleted",
        message: `The group "${name}" is still there after it left the scope`,
        expected: "no such group",
        actual: `a group with id ${left.id}`,
        exchanges: [left.exchange],
        fact: "WIRE-175",
      })
    }
  }
  return verdict
}

function judgeLive(
  group: SnapshotGroup,
  found: readonly TargetResource[],
  situation: Situation,
  verdict: Verdict,
): void {
  const { displayName: name } = group
  const [resource] = found
  if (resource === undefined) {
    // The search by name finds the other one's, and Entra gives up on this one.
    if (sharesName(group, situation.history.now)) {
      return verdict.excuse("ENG-MATCH-05", `the group "${name}", whose name another group has`)
    }
    const search = situation.searches.get(name)
    return verdict.differ("id", {
      ...(search !== undefined && { exchanges: [search] }),
      code: "group-missing",
      message: `The group "${name}" is not at the target`,
      expected: "one group of that name",
      actual: "none, neither by name nor by the ids of what was created",
    })
  }
  if (found.length > 1) {
    verdict.differ("id", {
      code: "group-doubled",
      message: `The group "${name}" is ${found.length} times at the target`,
      expected: "one group of that name",
      actual: `groups with the ids ${found.map(({ id }) => id).join(", ")}`,
      exchanges: found.map(({ exchange }) => exchange),
    })
  }
  judgeText(resource, "displayName", name, name, verdict)
  judgeText(resource, "externalId", group.id, name, verdict)
  judgeMembers(group, resource, situation, verdict)
}

function sharesName({ id, displayName }: SnapshotGroup, now: DirectorySnapshot): boolean {
  return now.groups.some(
    (other) =>
      other.id !== id && other.displayName.toLowerCase() === displayName.toLowerCase() && isGroupInScope(now, other.id),
  )
}

function judgeText(resource: TargetResource, path: string, expected: string, name: string, verdict: Verdict): void {
  const held = textAt(resource, path)
  if (held === expected) return
  if (!resource.byJob && differsInCaseOnly(held, expected)) {
    return verdict.excuse("FN-TOLOWER-2", `${path} of the group "${name}": was there before, in another letter case`)
  }
  verdict.differ(path, {
    code: held === undefined ? "attribute-dropped" : `value-differs:${path}`,
    message: `${path} of the group "${name}" is not what was sent`,
    expected: `${path} = ${JSON.stringify(expected)}`,
    actual: held === undefined ? `no ${path}` : `${path} = ${JSON.stringify(held)}`,
    exchanges: [resource.exchange],
    ...(held === undefined && { severity: "warning" }),
  })
}

function judgeMembers(group: SnapshotGroup, resource: TargetResource, situation: Situation, verdict: Verdict): void {
  const { history, accounts } = situation
  const held = new Set(memberIds(resource))
  for (const id of group.memberIds.filter((memberId) => userIn(history.now, memberId) !== undefined)) {
    const [account] = accounts.get(id) ?? []
    // Who has no account is reported as that; who is out of scope is left out of groups (ENG-REF-04).
    if (account === undefined || held.has(account.id) || !isUserInScope(history.now, id)) continue
    judgeMissing(group, id, account, resource, history, verdict)
  }
  for (const [id, owned] of accounts) {
    const extra = owned.find((account) => held.has(account.id))
    if (extra !== undefined && !group.memberIds.includes(id)) judgeStale(group, id, resource, history, verdict)
  }
  const known = new Set([...accounts.values()].flat().map(({ id }) => id))
  const strangers = [...held].filter((id) => !known.has(id) && !isGroupMember(id, situation))
  for (const id of strangers)
    verdict.excuse("ENG-REF-10", `member ${id} of "${group.displayName}", which nobody here added`)
}

function judgeMissing(
  group: SnapshotGroup,
  memberId: string,
  account: TargetResource,
  resource: TargetResource,
  history: History,
  verdict: Verdict,
): void {
  const isMember = (snapshot: DirectorySnapshot): boolean =>
    isGroupInScope(snapshot, group.id) && groupIn(snapshot, group.id)?.memberIds.includes(memberId) === true
  if (!hadItsChance(history, isMember, memberId)) {
    return verdict.excuse(
      "ENG-REF-04",
      `a member of "${group.displayName}" who had no account when the group was looked at`,
    )
  }
  verdict.differ("members", {
    code: "member-missing",
    message: `The group "${group.displayName}" lacks a member`,
    expected: `members with value "${account.id}" (${textAt(account, "userName") ?? memberId})`,
    actual: `${memberIds(resource).length} other members`,
    advice: "Add exactly the members that a PATCH names, and keep those that are there.",
    exchanges: [resource.exchange],
    fact: "WIRE-166",
  })
}

function judgeStale(
  group: SnapshotGroup,
  memberId: string,
  resource: TargetResource,
  { seen, now }: History,
  verdict: Verdict,
): void {
  const after = [...seen, now]
  const lastIn = after.findLastIndex((snapshot) => groupIn(snapshot, group.id)?.memberIds.includes(memberId) === true)
  const left = after[lastIn + 1]
  if (lastIn < 0) return verdict.excuse("ENG-REF-10", `a member of "${group.displayName}" whom nobody here added`)
  // Deletion takes a person out of the groups of the directory without a change that is exported (ENG-DEPROV-08).
  const user = left === undefined ? undefined : userIn(left, memberId)
  if (user === undefined || user.deleted) {
    return verdict.excuse("ENG-DEPROV-08", `a member of "${group.displayName}" who was deleted, not removed`)
  }
  verdict.differ("members", {
    code: "member-not-removed",
    message: `The group "${group.displayName}" still has a member who was removed`,
    expected: "no such member",
    actual: `a member who left: ${user.attributes["userPrincipalName"] ?? memberId}`,
    advice: "Remove the members that a PATCH names, whether by value list or by filter in the path.",
    exchanges: [resource.exchange],
    fact: "WIRE-168",
  })
}

/** Nested groups are members like any other (WIRE-174). */
function isGroupMember(id: string, { groups }: Situation): boolean {
  return [...groups.values()].flat().some((group) => group.id === id)
}

function memberIds({ body }: TargetResource): string[] {
  const members = readPath(body, "members")
  if (!isArray(members)) return []
  return members
    .map((member) => (isObject(member) ? memberOf(member, "value") : member))
    .filter((value) => typeof value === "string")
}
