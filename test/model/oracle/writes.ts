/** Was every write called for, and did it change something? */
import { isObject, readPath } from "../../../scenarios/path-value.ts"
import { parseJson } from "../../../scenarios/answer.ts"
import { type Directory, type Person, personIn, teamIn } from "../directory.ts"
import { isPersonInScope, isTeamInScope, type Moment } from "../rules.ts"
import type { Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { imageAfter, imageBefore, ownerOf, type Situation, tagOf } from "./situation.ts"
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
  const { userActions, teamActions } = situation.timeline.moment(write.moment).rules
  const needed = method === "POST" ? "Add" : method === "DELETE" ? "Delete" : "Update"
  // ENG-MAP-01: what is not ticked is never sent.
  if (!(write.endpoint === "Users" ? userActions : teamActions).includes(needed)) return `${needed} is not allowed`
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

/** ENG-DEPROV-03, -04: only who is deleted for good is deleted, or where there is no soft delete whoever is out of scope. */
function wrongUserDelete(write: Write, situation: Situation): string | null {
  const image = imageBefore(situation.kept.get(write.id), write)
  const person = image === undefined ? undefined : ownerOf(situation, image)
  if (image === undefined || person === undefined) return null
  // Who found it by its name may be gone before the account bears their mark.
  const name = (textAt(image, "userName") ?? "").toLowerCase()
  const owners = [person, ...whoEver(situation, ({ users }) => users.filter((one) => upnOf(one) === name))]
  const isGone = sawIt(write, situation, (moment) =>
    owners.some(
      (id) =>
        personIn(moment.directory, id) === undefined ||
        (!moment.rules.supportsSoftDelete && !isPersonInScope(moment, id)),
    ),
  )
  return isGone ? null : "deleted without having been deleted for good in the directory"
}

function upnOf({ attributes }: Person): string | undefined {
  return attributes["userPrincipalName"]?.toLowerCase()
}

/** Ids of whoever was chosen in any directory of the history. */
function whoEver(
  { timeline }: Situation,
  choose: (directory: Directory) => readonly { readonly id: string }[],
): readonly string[] {
  return [...new Set(timeline.moments.flatMap(({ directory }) => choose(directory).map(({ id }) => id)))]
}

/** ENG-DEPROV-01, -10: disabled is who is out of scope, and nobody while SkipOutOfScopeDeletions is on. */
function wrongDisable(write: Write, person: string, situation: Situation): string | null {
  if (situation.timeline.moment(write.moment).rules.skipOutOfScopeDeletions) return SKIPPED
  return sawIt(write, situation, (moment) => !isPersonInScope(moment, person)) ? null : "disabled while in scope"
}

const SKIPPED = "taken away in spite of SkipOutOfScopeDeletions"

/** ENG-SCOPE-13: an account that the job has neither made nor matched is none of its business. */
function wrongUserUpdate(write: Write, situation: Situation): string | null {
  const before = imageBefore(situation.kept.get(write.id), write)
  const after = imageAfter(situation.kept.get(write.id), write)
  const person = after && ownerOf(situation, after)
  const isDisable = readPath(before, "active") !== false && readPath(after, "active") === false
  if (write.hasChanged && person !== undefined && isDisable) return wrongDisable(write, person, situation)
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
  const { directory, rules } = situation.timeline.moment(write.moment)
  if (!isCreate && rules.skipOutOfScopeDeletions && teamIn(directory, team) !== undefined) return SKIPPED
  // Who found it by its name may be gone before the group bears their mark.
  const name = (textAt(body, "displayName") ?? "").toLowerCase()
  const bearers = whoEver(situation, ({ groups }) => groups.filter((one) => one.displayName.toLowerCase() === name))
  const owners = isCreate ? [team] : [team, ...bearers]
  if (owners.some((id) => sawIt(write, situation, (moment) => isTeamInScope(moment, id) === isCreate))) return null
  return isCreate ? "created without being in scope" : "deleted while in scope"
}

/** Whether the job could see it so: at the moment of the write, or just before, where something happened in the middle of a cycle. */
function sawIt({ moment }: Write, { timeline }: Situation, test: (moment: Moment) => boolean): boolean {
  for (let index = moment; ; index -= 1) {
    if (test(timeline.moment(index))) return true
    if (!timeline.moment(index).isMeanwhile) return false
  }
}
