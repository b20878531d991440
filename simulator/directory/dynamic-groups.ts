/**
 * Dynamic groups: their members follow a rule, some time after what the rule reads has changed (ENG-SCOPE-04, GRAPH-202). Nothing has to
 * run for that: whoever looks at the directory first lets the rules catch up, as far as their lag allows.
 */
import type { ObjectType } from "../mapping/model.ts"
import { DirectoryError } from "./directory-error.ts"
import { type MembershipRule, parseMembershipRule } from "./membership-rule.ts"
import type { GroupRef, User } from "./model.ts"
import { toUser } from "./objects.ts"
import { attributesOf, nameOf, type Parts, requireObject } from "./parts.ts"
import { addMember, removeMember } from "./users-and-groups.ts"

export interface DynamicGroups {
  /** Takes a rule that was set, changed or taken away. Throws {@link DirectoryError} for one that can't be read. */
  take(group: GroupRef): void
  /** Throws {@link DirectoryError} where the group's members follow a rule. */
  assertStatic(group: GroupRef): void
  /** Applies the rules to what changed longer ago than they lag behind. */
  catchUp(): void
}

interface Change {
  readonly seq: number
  readonly id: string
  readonly type: ObjectType
  readonly at: number
}

const PAGE_SIZE = 500

export function createDynamicGroups(parts: Parts, lagMs: number): DynamicGroups {
  const { db, clock, objects } = parts
  const changes = db.prepare<[number], Change>(`
    SELECT seq, object_id AS id, object_type AS type, at FROM changes
    WHERE seq > ? AND kind IN ('created', 'updated', 'restored') ORDER BY seq LIMIT ${PAGE_SIZE}
  `)
  /** Who has changed too lately for the rules to have seen. */
  const late = db
    .prepare<[number, number], string>("SELECT DISTINCT object_id FROM changes WHERE seq > ? AND at > ?")
    .pluck()
  /** By group id. */
  const rules = new Map<string, MembershipRule>()
  /** How far the rules have come. A reopened tenant begins again: whoever is a member already stays one. */
  let doneSeq = 0
  for (const { id } of objects.pages("type = 'Group' AND json_extract(attributes, '$.membershipRule') IS NOT NULL")) {
    take({ objectType: "Group", id })
  }

  function take(group: GroupRef): void {
    const text = attributesOf(requireObject(parts, group, "any")).get("membershipRule")
    if (typeof text === "string") rules.set(group.id, parseMembershipRule(text))
    else rules.delete(group.id)
  }

  function apply(groupId: string, user: User): void {
    const group: GroupRef = { objectType: "Group", id: groupId }
    const row = objects.find(groupId)
    const rule = rules.get(groupId)
    if (rule === undefined || row === undefined || row.deleted_at !== null) return
    const isMember = parts.memberships.has(row.key, requireObject(parts, user, "any").key)
    const belongs = rule(user)
    if (belongs && !isMember) addMember(parts, group, user)
    if (!belongs && isMember) removeMember(parts, group, user)
  }

  function evaluate({ seq, id, type }: Change, untilMs: number): void {
    const row = objects.find(id)
    if (row === undefined || row.deleted_at !== null) return
    if (type === "User") {
      for (const groupId of rules.keys()) apply(groupId, toUser(row))
    } else if (rules.has(id)) {
      const unseen = new Set(late.all(seq, untilMs))
      for (const user of objects.pages("type = 'User' AND deleted_at IS NULL")) {
        if (!unseen.has(user.id)) apply(id, toUser(user))
      }
    }
  }

  return {
    take,
    assertStatic(group) {
      if (!rules.has(group.id)) return
      const name = nameOf(requireObject(parts, group, "any"))
      throw new DirectoryError(
        "WrongState",
        `${name} is dynamic: its members follow its membershipRule. Change the rule.`,
      )
    },
    catchUp() {
      if (rules.size === 0) return
      const untilMs = clock.now() - lagMs
      for (;;) {
        const page = changes.all(doneSeq)
        for (const change of page) {
          if (change.at > untilMs) return
          doneSeq = change.seq
          evaluate(change, untilMs)
        }
        if (page.length < PAGE_SIZE) return
      }
    },
  }
}
