/** Excuses for references: what kept a manager or a member from being sent, and what keeps an old manager. */
import { isMember, personIn } from "../directory.ts"
import { isPersonInScope, isTeamInScope, type Moment } from "../rules.ts"
import type { Timeline } from "../timeline.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { forgotSince, isForgotten } from "./gaps.ts"
import { hadItsChance } from "./references.ts"
import { accountsOf, imageBefore, ownedSince, ownerOf, type Resource, type Situation, tagOf } from "./situation.ts"

/** The manager was deleted for good, and the person has not been evaluated in full since. */
export function lostItsManager(
  { person, manager }: Extract<Discrepancy, { readonly kind: "managerDiffers" }>,
  timeline: Timeline,
): boolean {
  const { moments } = timeline
  const managerAt = (index: number): string | null =>
    personIn(timeline.moment(index).directory, person)?.managerId ?? null
  const lostAt = moments.findLastIndex((_, index) => managerAt(index) !== null) + 1
  const last = lostAt === 0 ? null : managerAt(lostAt - 1)
  if (manager !== null || last === null) return false
  const isGone = personIn(timeline.moment(lostAt).directory, last) === undefined
  return isGone && !timeline.looks().some((look) => look.kind === "initial" && look.isComplete && look.first >= lostAt)
}

/** The job has forgotten whom it wrote: it forgot the links, the manager is gone for good, or the account was another person's then. */
export function isForeignManager(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind !== "managerDiffers" || discrepancy.manager !== null) return false
  const { timeline, kept, writes } = situation
  const { account, held } = discrepancy
  const written = writes.findLast(({ id, request }) => id === account.id && request.body?.includes(held ?? "") === true)
  if (written === undefined) return false
  const then = imageBefore(kept.get(held ?? ""), { order: written.order + 1 })
  const owner = ownerOf(situation, then)
  const isGone = owner !== undefined && personIn(timeline.now.directory, owner) === undefined
  const before = imageBefore(kept.get(account.id), { order: written.order + 1 })
  const isInherited = before !== undefined && tagOf(before) !== tagOf(account.body)
  return isGone || isInherited || forgotSince(timeline, written.at)
}

/** What kept a reference from being sent: a manager or a member who was out of scope, or whose link was forgotten. */
export function missedItsChance(
  discrepancy: Discrepancy,
  situation: Situation,
  because: "manager" | "member" | "link",
): boolean {
  const { timeline, kept } = situation
  const reference = referenceOf(discrepancy)
  if (reference === null || (because !== "link" && because !== reference.kind)) return false
  const { to } = reference
  const accounts = accountsOf(situation, to).flatMap(({ id }) => kept.get(id) ?? [])
  // Without an account there is nothing to refer to; the old value stays.
  if (accounts.length === 0) return because !== "link"
  const owners = reference.owners().flatMap(({ id }) => kept.get(id) ?? [])
  const both = [...owners, ...accounts]
  const since = Math.max(...both.map(ownedSince))
  const missed = (isKnown: (at: number) => boolean): boolean =>
    !hadItsChance(timeline, {
      ...reference,
      isResolvable: (moment) => isPersonInScope(moment, to),
      isKnown: (at) => at >= since && isKnown(at),
      isFound: (at) => owners.some(({ heardAt }) => heardAt.includes(at)),
    })
  const isMissed = missed(() => true)
  return because === "link"
    ? !isMissed && missed((at) => !both.some((one) => isForgotten(timeline, one, at)))
    : isMissed
}

/** The reference that should be there and is not. */
function referenceOf(discrepancy: Discrepancy) {
  if (discrepancy.kind === "managerDiffers" && discrepancy.manager !== null) {
    const { person, manager } = discrepancy
    const holds = (moment: Moment): boolean =>
      isPersonInScope(moment, person) && personIn(moment.directory, person)?.managerId === manager
    const owners = (): readonly Resource[] => [discrepancy.account]
    return { kind: "manager", to: manager, holds, owners, subjects: [person] } as const
  }
  if (discrepancy.kind !== "memberMissing") return null
  const { team, person } = discrepancy
  const holds = (moment: Moment): boolean => isTeamInScope(moment, team) && isMember(moment.directory, team, person)
  const owners = (): readonly Resource[] => [discrepancy.group]
  return { kind: "member", to: person, holds, owners, subjects: [team, person] } as const
}

type MissingMember = Extract<Discrepancy, { readonly kind: "memberMissing" }>

export function wasDeletedWhenLookedAt({ team, person }: MissingMember, { timeline }: Situation): boolean {
  return timeline.looks().some(({ first }) => {
    const moment = timeline.moment(first)
    const isThere = isTeamInScope(moment, team) && isMember(moment.directory, team, person)
    return isThere && personIn(moment.directory, person)?.deleted === true
  })
}
