/** Who is a direct member of which group. Knows nothing of rules. */
import type { ObjectType } from "../mapping/model.ts"
import type { Db } from "./database.ts"
import { PAGE_SIZE } from "./objects.ts"

/** A direct member of a group. */
export interface Member {
  readonly id: string
  readonly objectType: ObjectType
}

export interface Memberships {
  /** Adds a member; false when it was one already. */
  add(groupKey: number, memberKey: number): boolean
  /** Removes a member; false when it was none. */
  remove(groupKey: number, memberKey: number): boolean
  has(groupKey: number, memberKey: number): boolean
  /** The live members of a group, in the order they were created; read page by page. */
  membersOf(groupKey: number): Iterable<Member>
  count(groupKey: number): number
  /** Ids of the live groups that an object is a direct member of. */
  groupIdsOf(memberKey: number): readonly string[]
  /** Keys of them. */
  groupKeysOf(memberKey: number): readonly number[]
}

export function createMemberships(db: Db): Memberships {
  const insert = db.prepare("INSERT OR IGNORE INTO memberships (group_key, member_key) VALUES (?, ?)")
  const remove = db.prepare("DELETE FROM memberships WHERE group_key = ? AND member_key = ?")
  const has = db
    .prepare<[number, number], number>("SELECT 1 FROM memberships WHERE group_key = ? AND member_key = ?")
    .pluck()
  const page = db.prepare<[number, number], Member & { key: number }>(`
    SELECT objects.key, objects.id, objects.type AS objectType
    FROM memberships JOIN objects ON objects.key = memberships.member_key
    WHERE group_key = ? AND member_key > ? AND deleted_at IS NULL ORDER BY member_key LIMIT ${PAGE_SIZE}
  `)
  const count = db
    .prepare<[number], number>(`
      SELECT count(*) FROM memberships JOIN objects ON objects.key = member_key WHERE group_key = ? AND deleted_at IS NULL
    `)
    .pluck()
  const groupIdsOf = db
    .prepare<[number], string>(`
      SELECT objects.id FROM memberships JOIN objects ON objects.key = group_key
      WHERE member_key = ? AND deleted_at IS NULL ORDER BY group_key
    `)
    .pluck()
  const memberOf = db.prepare<[number], number>("SELECT group_key FROM memberships WHERE member_key = ?").pluck()
  const isLive = db.prepare<[number], number>("SELECT 1 FROM objects WHERE key = ? AND deleted_at IS NULL").pluck()
  return {
    add: (groupKey, memberKey) => insert.run(groupKey, memberKey).changes > 0,
    remove: (groupKey, memberKey) => remove.run(groupKey, memberKey).changes > 0,
    has: (groupKey, memberKey) => has.get(groupKey, memberKey) === 1,
    *membersOf(groupKey) {
      for (let cursor = 0; ;) {
        const members = page.all(groupKey, cursor)
        for (const { id, objectType } of members) yield { id, objectType }
        const last = members.at(-1)
        if (last === undefined || members.length < PAGE_SIZE) return
        cursor = last.key
      }
    },
    count: (groupKey) => count.get(groupKey) ?? 0,
    groupIdsOf: (memberKey) => groupIdsOf.all(memberKey),
    // Not one query: a join whose parameters change is planned anew each time, which costs more than all of these.
    groupKeysOf: (memberKey) => memberOf.all(memberKey).filter((groupKey) => isLive.get(groupKey) !== undefined),
  }
}
