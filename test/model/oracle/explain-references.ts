/** Excuses for references: what kept a manager or a member from being sent, and what keeps an old manager. */
import { isMember, personIn } from "../directory.ts"
import { isPersonInScope, isTeamInScope, type Moment } from "../rules.ts"
import type { Timeline } from "../timeline.ts"
import type { Kept, Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { takenOutAt } from "./explain-hands.ts"
import { forgotSince, isForgotten } from "./gaps.ts"
import { hadItsChance } from "./references.ts"
import { isLagging } from "./scope-switch.ts"
import {
  accountsOf,
  imageAfter,
  isForgottenResource,
  ownedSince,
  ownerOf,
  type Resource,
  type Situation,
  tagOf,
} from "./situation.ts"

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

/**
 * The job has forgotten whom it wrote: it forgot the links, the manager is gone for good, or the manager's account is; or the account
 * was another person's then.
 */
export function isForeignManager(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind !== "managerDiffers" || discrepancy.manager !== null) return false
  const { timeline, kept } = situation
  const { account, held } = discrepancy
  const sent = lastSent(discrepancy, situation)
  if (sent === undefined) return false
  const { written, owner } = sent
  const isGone = owner !== undefined && personIn(timeline.now.directory, owner) === undefined
  const before = imageAfter(kept.get(account.id), written)
  const isInherited = before !== undefined && tagOf(before) !== tagOf(account.body)
  return isGone || isInherited || kept.get(held ?? "")?.isDeleted === true || forgotSince(timeline, written.at)
}

/** It points at what was the manager's account when it was sent: that is deleted or another's now, and what they have beside it is forgotten. */
export function outlivesManager(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind !== "managerDiffers" || discrepancy.manager === null) return false
  const { manager, held } = discrepancy
  return (
    held !== undefined &&
    lastSent(discrepancy, situation)?.owner === manager &&
    accountsOf(situation, manager).every((account) => isForgottenResource(account, situation))
  )
}

/** The write that sent the manager whom the account shows, and whose that manager's account was then. */
function lastSent(
  { account, held = "" }: Extract<Discrepancy, { readonly kind: "managerDiffers" }>,
  situation: Situation,
): { readonly written: Write; readonly owner: string | undefined } | undefined {
  const { kept, writes } = situation
  const written = writes.findLast(({ id, request }) => id === account.id && request.body?.includes(held) === true)
  return written && { written, owner: ownerOf(situation, imageAfter(kept.get(held), written)) }
}

/** What kept a reference from being sent: a manager or a member who was out of scope, or whose link was forgotten. */
export function missedItsChance(
  discrepancy: Discrepancy,
  situation: Situation,
  because: "manager" | "member" | "link" | "hand",
): boolean {
  const { timeline, kept } = situation
  const reference = referenceOf(discrepancy)
  const isOfKind = because === "link" || because === "hand" || because === reference?.kind
  if (reference === null || !isOfKind) return false
  const { to } = reference
  const accounts = accountsOf(situation, to).flatMap(({ id }) => kept.get(id) ?? [])
  // Without an account there is nothing to refer to; the old value stays.
  if (accounts.length === 0) return because === reference.kind
  const owners = reference.owners().flatMap(({ id }) => kept.get(id) ?? [])
  const both = [...owners, ...accounts]
  const since = Math.max(...both.map(ownedSince))
  const missed = (isKnown: (at: number) => boolean, isSentBefore = false): boolean =>
    !hadItsChance(timeline, {
      ...reference,
      isResolvable: (moment) => isPersonInScope(moment, to) && mayUpdate(reference.kind, moment),
      isKnown: (at) => at >= since && isKnown(at),
      isFound: (at) => owners.some((one) => isNewsAt(timeline, one, at)),
      isOwnerSeen: (look) => !isLagging(timeline, reference.owner, look),
      isTargetSeen: (look) => !isLagging(timeline, to, look),
      isSentBefore,
    })
  if (missed(() => true)) return because === reference.kind
  const isLinked = (at: number): boolean => !both.some((one) => isForgotten(timeline, one, at))
  if (because !== "hand") return because === "link" && missed(isLinked)
  const outAt = Math.max(...owners.map(({ id }) => takenOutAt(situation, id, ids(accounts))))
  return outAt >= 0 && missed((at) => at > outAt && isLinked(at), true)
}

/** A reference is an update of its owner (ENG-MAP-01). */
function mayUpdate(kind: "manager" | "member", { rules: { userActions, teamActions } }: Moment): boolean {
  return (kind === "manager" ? userActions : teamActions).includes("Update")
}

/** Whether a look found or made a resource that the job did not know until then to be the object's. */
function isNewsAt({ entries }: Timeline, one: Kept, at: number): boolean {
  const { heardAt } = one
  if (!heardAt.includes(at)) return false
  const before = heardAt.filter((time) => time < at)
  const lastForgot = entries.slice(0, at).findLastIndex((entry) => entry.is === "reset" && entry.links)
  return before.every((time) => time <= lastForgot) || ownedSince(one) === at
}

/** The reference that should be there and is not. */
function referenceOf(discrepancy: Discrepancy) {
  if (discrepancy.kind === "managerDiffers" && discrepancy.manager !== null) {
    const { person, manager } = discrepancy
    const holds = (moment: Moment): boolean =>
      isPersonInScope(moment, person) && personIn(moment.directory, person)?.managerId === manager
    const owners = (): readonly Resource[] => [discrepancy.account]
    return { kind: "manager", to: manager, holds, owners, owner: person, subjects: [person] } as const
  }
  if (discrepancy.kind !== "memberMissing") return null
  const { team, person } = discrepancy
  const holds = (moment: Moment): boolean => isTeamInScope(moment, team) && isMember(moment.directory, team, person)
  const owners = (): readonly Resource[] => [discrepancy.group]
  return { kind: "member", to: person, holds, owners, owner: team, subjects: [team, person] } as const
}

function ids(resources: readonly { readonly id: string }[]): readonly string[] {
  return resources.map(({ id }) => id)
}

type MissingMember = Extract<Discrepancy, { readonly kind: "memberMissing" }>

export function wasDeletedWhenLookedAt({ team, person }: MissingMember, { timeline }: Situation): boolean {
  return timeline.looks().some(({ first }) => {
    const moment = timeline.moment(first)
    const isThere = isTeamInScope(moment, team) && isMember(moment.directory, team, person)
    return isThere && personIn(moment.directory, person)?.deleted === true
  })
}
