/** Is the job at rest, and its memory sound? */
import type { DirectorySnapshot } from "../../../scenarios/oracles/snapshot.ts"
import type { Directory } from "../directory.ts"
import type { Discrepancy } from "./discrepancy.ts"
import type { Situation } from "./situation.ts"

export function judgeJob({ escrows, links, users, groups, quarantine }: Situation): Discrepancy[] {
  const present = new Set([...users, ...groups].map(({ id }) => id))
  const targets = new Map<string, string>()
  const wrong = links.flatMap(({ sourceId: id, targetId }): Discrepancy[] => {
    const other = targets.get(targetId)
    targets.set(targetId, id)
    if (other !== undefined) return [{ kind: "linkShared", ids: [id, other], targetId }]
    return present.has(targetId) ? [] : [{ kind: "linkDangling", id, targetId }]
  })
  const left = escrows.map((escrow) => ({ kind: "escrowLeft", escrow }) as const)
  // ENG-QUAR-09: it is left as soon as its cause is gone. Held deletions are a cause that stays (ENG-DEL-04).
  const isHeld = quarantine === null || quarantine.reason === "TooManyDeletes"
  const still: Discrepancy[] = isHeld ? [] : [{ kind: "stillQuarantined", reason: quarantine.reason }]
  return [...left, ...still, ...wrong]
}

/** Whether the real directory went the way of the naive one. */
export function judgeTenant(real: DirectorySnapshot, naive: Directory): Discrepancy[] {
  return [
    ...differences("people", real.users.map(toPerson), naive.users.map(toPerson)),
    ...differences("groups", real.groups.map(toTeam(naive)), naive.groups.map(toTeam(naive))),
    ...differences("assigned", [...real.assigned], [...naive.assigned]),
  ]
}

function differences(what: string, real: readonly string[], naive: readonly string[]): Discrepancy[] {
  const [held, wanted] = [real.toSorted().join("\n"), naive.toSorted().join("\n")]
  return held === wanted
    ? []
    : [{ kind: "tenantDiffers", why: `the tenant's ${what} are\n${held}\nand should be\n${wanted}` }]
}

function toPerson({ id, attributes, enabled, deleted, managerId }: DirectorySnapshot["users"][number]): string {
  const { userPrincipalName, displayName, mailNickname, jobTitle, department, city, givenName, surname } = attributes
  const texts = { userPrincipalName, displayName, mailNickname, jobTitle, department, city, givenName, surname }
  return JSON.stringify({ id, ...texts, enabled, deleted, managerId })
}

/** The real directory lists members without the deleted. */
function toTeam(naive: Directory): (team: DirectorySnapshot["groups"][number]) => string {
  const deleted = new Set(naive.users.filter((person) => person.deleted).map(({ id }) => id))
  return ({ id, displayName, deleted: isDeleted, memberIds }) =>
    JSON.stringify({ id, displayName, isDeleted, members: memberIds.filter((one) => !deleted.has(one)).toSorted() })
}
