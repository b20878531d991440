/** Is every group at the target that should be, with the members that it should have? */
import { isMember, personIn, type Team, teamIn } from "../directory.ts"
import { isPersonInScope, isTeamInScope } from "../rules.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { accountsOf, groupsOf, holderOf, inUse, memberIds, type Resource, type Situation } from "./situation.ts"
import { textAt } from "../text-at.ts"

export function judgeTeams(situation: Situation): Discrepancy[] {
  const ids = new Set(situation.timeline.moments.flatMap(({ directory }) => directory.groups.map(({ id }) => id)))
  return [...ids].flatMap((id) => judgeTeam(id, situation))
}

function judgeTeam(id: string, situation: Situation): Discrepancy[] {
  const { now } = situation.timeline
  const groups = groupsOf(situation, id)
  const team = teamIn(now.directory, id)
  if (team === undefined || !isTeamInScope(now, id)) {
    return groups.map((group) => ({ kind: "teamLeft", team: id, group }))
  }
  const group = inUse(groups, situation)
  if (group === undefined) return [{ kind: "teamMissing", team: id }]
  const doubled: Discrepancy[] = groups.length > 1 ? [{ kind: "teamDoubled", team: id, groups }] : []
  const held = textAt(group.body, "displayName")
  const expected = team.displayName
  const renamed: Discrepancy[] =
    held === expected ? [] : [{ kind: "teamValueDiffers", team: id, path: "displayName", expected, held }]
  return [...doubled, ...renamed, ...judgeMembers(team, group, situation)]
}

function judgeMembers(team: Team, group: Resource, situation: Situation): Discrepancy[] {
  const { now } = situation.timeline
  const held = new Set(memberIds(group.body))
  const missing = team.memberIds.flatMap((person): Discrepancy[] => {
    const accounts = accountsOf(situation, person)
    // Who is out of scope is left out of groups (ENG-REF-04); who has no account is a matter of its own.
    if (accounts.length === 0 || !isPersonInScope(now, person)) return []
    return accounts.some(({ id }) => held.has(id)) ? [] : [{ kind: "memberMissing", team: team.id, group, person }]
  })
  const left = [...held].flatMap((account): Discrepancy[] => {
    const user = situation.users.find(({ id }) => id === account)
    const person = user && holderOf(situation, user)
    const isRightful = person !== undefined && isMember(now.directory, team.id, person)
    if (isRightful && personIn(now.directory, person) !== undefined) return []
    return [{ kind: "memberLeft", team: team.id, group, account, person }]
  })
  return [...missing, ...left]
}
