/** Excuses for names: two objects want one, and only one can have it at the target. */
import { personIn, teamIn } from "../directory.ts"
import { AT_WORK_MAX, type Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { isForgotten } from "./gaps.ts"
import { shows } from "./shown.ts"
import { holderOf, imageBefore, nameHolder, ownerOf, type Situation, teamNameHolder } from "./situation.ts"
import { textAt } from "../text-at.ts"

export function isDuplicateSource(discrepancy: Discrepancy, situation: Situation): boolean {
  const { directory } = situation.timeline.now
  if (discrepancy.kind === "accountMissing" || discrepancy.kind === "escrowLeft") {
    const id = discrepancy.kind === "accountMissing" ? discrepancy.person : discrepancy.escrow.objectId
    const person = personIn(directory, id)
    const holder = person && nameHolder(situation, person)
    const owner = holder && holderOf(situation, holder)
    if (owner !== undefined && personIn(directory, owner) !== undefined) return true
  }
  if (discrepancy.kind === "teamMissing" || discrepancy.kind === "escrowLeft") {
    const id = discrepancy.kind === "teamMissing" ? discrepancy.team : discrepancy.escrow.objectId
    const team = teamIn(directory, id)
    const holder = team && teamNameHolder(situation, team)
    return holder !== undefined && teamIn(directory, holderOf(situation, holder) ?? "") !== undefined
  }
  return false
}

export function isConflict(discrepancy: Discrepancy, situation: Situation): boolean {
  const { directory } = situation.timeline.now
  const isStuck = (id: string): boolean => {
    const person = personIn(directory, id)
    const team = teamIn(directory, id)
    if (person !== undefined) return nameHolder(situation, person) !== undefined
    return team !== undefined && teamNameHolder(situation, team) !== undefined
  }
  switch (discrepancy.kind) {
    case "inactive":
    case "activeLeaver":
    case "valueDiffers":
      return isStuck(discrepancy.person)
    case "teamValueDiffers":
      return isStuck(discrepancy.team)
    case "escrowLeft": {
      const { objectId } = discrepancy.escrow
      const referred = [personIn(directory, objectId)?.managerId ?? [], teamIn(directory, objectId)?.memberIds ?? []]
      return isStuck(objectId) || referred.flat().some(isStuck)
    }
    case "idleWrite":
      return discrepancy.write.status === 409 && wasNameTaken(discrepancy.write, situation)
    default:
      return false
  }
}

/** Whether another resource had the name that a refused write asked for, or was just getting it: several requests run at a time. */
function wasNameTaken(write: Write, { kept }: Situation): boolean {
  const attribute = write.endpoint === "Users" ? "userName" : "displayName"
  return [...kept.values()].some((other) => {
    if (other.id === write.id || other.endpoint !== write.endpoint) return false
    const before = imageBefore(other, { order: write.order - AT_WORK_MAX })
    const during = other.images.filter(({ order }) => Math.abs(order - write.order) <= AT_WORK_MAX)
    const names = [before, ...during.map(({ body }) => body)].flatMap(
      (image) => (image && textAt(image, attribute)) ?? [],
    )
    return names.some((name) => hasText(write.request.body ?? "", name))
  })
}

function hasText(body: string, text: string): boolean {
  return body.toLowerCase().includes(JSON.stringify(text).toLowerCase())
}

/**
 * The job forgot the links, and what an object had bears another's mark or belongs to another: to whoever found it by its name before the
 * object was looked at again.
 */
export function wasForgottenAndTaken(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind !== "accountMissing" && discrepancy.kind !== "teamMissing") return false
  const id = discrepancy.kind === "accountMissing" ? discrepancy.person : discrepancy.team
  const { timeline, users, groups } = situation
  const bearsMark =
    users.some(({ body }) => ownerOf(situation, body) === id) ||
    groups.some(({ body }) => textAt(body, "externalId") === id)
  const person = personIn(timeline.now.directory, id)
  const team = teamIn(timeline.now.directory, id)
  const bearsName =
    (person !== undefined && nameHolder(situation, person) !== undefined) ||
    (team !== undefined && teamNameHolder(situation, team) !== undefined)
  const forgotAt = timeline.entries.findLastIndex((entry) => entry.is === "reset" && entry.links)
  const isShownSince = timeline.looks(forgotAt + 1).some((look) => look.isComplete && shows(timeline, look, id))
  return (bearsMark || bearsName) && forgotAt >= 0 && !isShownSince
}

/** All but one of them belong to a time before the links were forgotten, and have not been found since. */
export function isDoubledByReset(discrepancy: Discrepancy, { timeline, kept }: Situation): boolean {
  if (discrepancy.kind !== "accountDoubled" && discrepancy.kind !== "teamDoubled") return false
  const doubles = discrepancy.kind === "accountDoubled" ? discrepancy.accounts : discrepancy.groups
  const known = doubles.flatMap(({ id }) => kept.get(id) ?? []).filter((one) => !isForgotten(timeline, one))
  return known.length <= 1
}
