/** Does the threshold of accidental deletions hold (ENG-DEL-01 to -07)? */
import { personIn, teamIn } from "../directory.ts"
import type { Moment } from "../rules.ts"
import type { Look } from "../timeline.ts"
import { readPath } from "../../../scenarios/path-value.ts"
import type { Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { isInScope } from "./gaps.ts"
import { textAt } from "../text-at.ts"
import { shows } from "./shown.ts"
import { imageAfter, imageBefore, ownedSince, ownerOf, type Situation } from "./situation.ts"

export function judgeThreshold(situation: Situation): Discrepancy[] {
  return situation.timeline.looks().flatMap((look) => judgeLook(look, situation))
}

function judgeLook(look: Look, situation: Situation): Discrepancy[] {
  const { timeline } = situation
  const { deleteThreshold } = timeline.moment(look.first).rules
  if (deleteThreshold === null || look.subjects !== null || !look.isComplete) return []
  if (look.held.size > 0) return judgeHeld(look, deleteThreshold, situation)
  const at = timeline.entries.indexOf(look)
  if (isSpecial(look, at, situation)) return []
  const gone = new Set(
    situation.writes
      .filter((write) => write.at === at && takesAway(write, situation) && isNew(write, look, situation))
      .map(({ id }) => id),
  )
  const why = `${gone.size} were disabled or deleted in one cycle, and ${deleteThreshold} are allowed`
  return gone.size > deleteThreshold ? [{ kind: "wrongLook", why }] : []
}

/** What was due from an earlier look that failed or died is not counted (ENG-DEL-03), nor what was allowed (ENG-DEL-06), nor who came later. */
function isSpecial(look: Look, at: number, { timeline }: Situation): boolean {
  const before = timeline.entries.slice(0, at)
  const since = before.slice(
    before.findLastIndex((entry) => entry.is === "look" && entry.isComplete && entry.subjects === null),
  )
  const isUnsettled = since.some((entry) => entry.is === "crash" || (entry.is === "look" && entry.isDisturbed))
  const isAllowed = since.some((entry) => entry.is === "reset" && entry.allows)
  const isMeanwhile = timeline.moments.slice(look.first, look.last + 1).some((moment) => moment.isMeanwhile)
  return look.isDisturbed || isUnsettled || isAllowed || isMeanwhile
}

/** Held back are those who are out of scope, and only where they are too many. */
function judgeHeld(look: Look, deleteThreshold: number, { timeline, kept, attempts }: Situation): Discrepancy[] {
  const found: Discrepancy[] = []
  const moments = timeline.moments.slice(look.first, look.last + 1)
  for (const id of look.held) {
    const isWrong = moments.every((moment) => isInScope(moment, id))
    if (isWrong) found.push({ kind: "wrongLook", why: `${id} was held back and is in scope` })
  }
  // Whose account somebody else took over in the same look is counted, and needs no deletion any more.
  const at = timeline.entries.indexOf(look)
  // Nor may whoever was to be created when the answer was lost be there at all.
  const lost = attempts.filter(({ request, wasHeard }) => request.method === "POST" && !wasHeard).length
  const taken = [...kept.values()].filter((one) => one.images.length > 1 && ownedSince(one) === at).length
  if (look.held.size + taken + lost <= deleteThreshold && !moments.some(({ isMeanwhile }) => isMeanwhile)) {
    const why = `${look.held.size} were held back, and ${deleteThreshold} are allowed`
    found.push({ kind: "wrongLook", why })
  }
  return found
}

/** A disable or a deletion that was done. */
function takesAway(write: Write, { kept }: Situation): boolean {
  if (!write.hasChanged) return false
  if (write.request.method === "DELETE") return true
  const before = imageBefore(kept.get(write.id), write)
  const after = imageAfter(kept.get(write.id), write)
  return (
    before !== undefined &&
    after !== undefined &&
    readPath(before, "active") !== false &&
    readPath(after, "active") === false
  )
}

/** Not shown as gone by an earlier look already: who was left alone then is not counted when the job may act (ENG-DEL-03). */
function isNew(write: Write, look: Look, { timeline, kept, tags }: Situation): boolean {
  const body = imageBefore(kept.get(write.id), write)
  const id = body && (ownerOf({ tags }, body) ?? textAt(body, "externalId"))
  if (id === undefined) return false
  const isThere = ({ directory }: Moment): boolean => (personIn(directory, id) ?? teamIn(directory, id)) !== undefined
  const wasThere = isThere(timeline.moment(look.first)) ? (moment: Moment): boolean => isInScope(moment, id) : isThere
  // Who came back between two looks and left again has been gone all the time, as far as the job was shown.
  const looks = timeline.looks()
  const before = looks.slice(0, looks.indexOf(look)).findLast((one) => one.isComplete && shows(timeline, one, id))
  return before === undefined || [before.first, before.last].some((index) => wasThere(timeline.moment(index)))
}
