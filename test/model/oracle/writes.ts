/** Was every write called for, and did it change something? */
import { isObject } from "../../../scenarios/path-value.ts"
import { parseJson } from "../../../scenarios/answer.ts"
import { personIn } from "../directory.ts"
import { isPersonInScope, isTeamInScope, type Moment } from "../rules.ts"
import type { Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { imageBefore, ownerOf, type Situation, tagOf } from "./situation.ts"
import { textAt } from "../text-at.ts"

export function judgeWrites(situation: Situation): Discrepancy[] {
  return situation.writes.flatMap((write): Discrepancy[] => {
    const why = wrongIn(write, situation)
    if (why !== null) return [{ kind: "wrongWrite", write, why }]
    return write.hasChanged ? [] : [{ kind: "idleWrite", write }]
  })
}

/** Why a write should not have been sent; null where nothing speaks against it. */
function wrongIn(write: Write, situation: Situation): string | null {
  const { method } = write.request
  if (write.endpoint === "Users") {
    if (method === "POST") return wrongUserCreate(write, situation)
    if (method === "DELETE") return wrongUserDelete(write, situation)
    return wrongUserUpdate(write, situation)
  }
  return method === "PATCH" ? null : wrongGroup(write, situation)
}

/** ENG-SCOPE-08, -10: nobody is created who is not in scope. */
function wrongUserCreate(write: Write, situation: Situation): string | null {
  const body = parseJson(write.request.body ?? "")
  const person = isObject(body) ? ownerOf(situation, body) : undefined
  if (person === undefined) return "an account is created for nobody"
  return sawIt(write, situation, (moment) => isPersonInScope(moment, person)) ? null : "created without being in scope"
}

/** ENG-DEPROV-03: only who is deleted for good is deleted. */
function wrongUserDelete(write: Write, situation: Situation): string | null {
  const image = imageBefore(situation.kept.get(write.id), write)
  const person = image === undefined ? undefined : ownerOf(situation, image)
  if (person === undefined) return null
  const isGone = sawIt(write, situation, ({ directory }) => personIn(directory, person) === undefined)
  return isGone ? null : "deleted without having been deleted for good in the directory"
}

/** ENG-SCOPE-13: an account that the job has neither made nor matched is none of its business. */
function wrongUserUpdate(write: Write, situation: Situation): string | null {
  const after = situation.kept.get(write.id)?.images.findLast(({ order }) => order <= write.order)?.body
  return write.hasChanged && after !== undefined && tagOf(after) === undefined
    ? "an account of nobody is changed"
    : null
}

/** Groups are created when they come into scope, and deleted when they leave it (ENG-DEPROV-04). */
function wrongGroup(write: Write, situation: Situation): string | null {
  const isCreate = write.request.method === "POST"
  const body = isCreate ? parseJson(write.request.body ?? "") : imageBefore(situation.kept.get(write.id), write)
  const team = isObject(body) ? textAt(body, "externalId") : undefined
  if (team === undefined) return null
  if (sawIt(write, situation, (moment) => isTeamInScope(moment, team) === isCreate)) return null
  return isCreate ? "created without being in scope" : "deleted while in scope"
}

/** Whether the job could see it so: at the moment of the write, or just before, where something happened in the middle of a cycle. */
function sawIt({ moment }: Write, { timeline }: Situation, test: (moment: Moment) => boolean): boolean {
  for (let index = moment; ; index -= 1) {
    if (test(timeline.moment(index))) return true
    if (!timeline.moment(index).isMeanwhile) return false
  }
}
