/**
 * The change feed: every write appends to it, and a reader asks what happened since its watermark (ENG-DELTA-01). Reading costs what
 * changed, never the size of the directory, and goes page by page: memory stays flat however much changed, and the directory may be
 * written meanwhile. Changes of one object come as one (ENG-DELTA-05).
 */
import type { ObjectType } from "../mapping/model.ts"
import type { Db } from "./database.ts"
import type { ChangeKind, MemberChange, ObjectChange } from "./model.ts"

/** What a change was about. */
export interface ChangedObject {
  readonly key: number
  readonly id: string
  readonly type: ObjectType
}

interface ChangeDetails {
  /** The attributes that an update changed. */
  readonly attributes?: readonly string[]
  /** The member of a membership, the application of an assignment. */
  readonly related?: { readonly id: string; readonly type: string }
  readonly added?: boolean
}

interface ChangeRow {
  readonly seq: number
  readonly object_key: number
  readonly object_id: string
  readonly object_type: ObjectType
  readonly kind: ChangeKind
  readonly attributes: string | null
  readonly related_id: string | null
  readonly related_type: ObjectType | null
  readonly added: 0 | 1 | null
  readonly at: number
}

const PAGE_SIZE = 500

/** Members of the group in the directory, for the entitlement changes that an assignment or deletion of the group brings. */
const RECORD_MEMBERS = `
  INSERT INTO changes (object_key, object_id, object_type, kind, related_id, related_type, added, at)
  SELECT member.key, member.id, 'User', 'assignment', @applicationId, 'Application', @added, @at
  FROM memberships JOIN objects AS member ON member.key = memberships.member_key
  WHERE memberships.group_key = @groupKey AND member.type = 'User' AND member.deleted_at IS NULL
  ORDER BY member.key
`

/** The first change of each object in a window, by sequence. */
const FIRST_CHANGES = `
  SELECT seq, object_key, object_type FROM changes AS change
  WHERE seq > @cursor AND seq <= @until AND NOT EXISTS (
    SELECT 1 FROM changes AS earlier
    WHERE earlier.object_key = change.object_key AND earlier.seq > @since AND earlier.seq < change.seq
  )
  ORDER BY seq LIMIT ${PAGE_SIZE}
`

/** The last change of each member in a window, by sequence. */
const MEMBER_CHANGES = `
  SELECT seq, related_id AS memberId, related_type AS memberType, added
  FROM changes AS change
  WHERE object_key = @groupKey AND kind = 'membership' AND seq > @cursor AND seq <= @until AND NOT EXISTS (
    SELECT 1 FROM changes AS later
    WHERE later.object_key = change.object_key AND later.related_id = change.related_id AND later.kind = 'membership'
      AND later.seq > change.seq AND later.seq <= @until
  )
  ORDER BY seq LIMIT ${PAGE_SIZE}
`

export interface ChangeFeed {
  record(object: ChangedObject, kind: ChangeKind, atMs: number, details?: ChangeDetails): void
  /** Notes that the entitlement of every user in a group may have changed (ENG-DELTA-08). Costs the members. */
  recordMembersOf(groupKey: number, applicationId: string, added: boolean, atMs: number): void
  watermark(): number
  /** The last change before the first assignment to an application that is newer than `afterMs`; else the last of all. */
  watermarkBefore(assignment: { readonly applicationId: string; readonly afterMs: number }): number
  since(watermark: number, until?: number): Iterable<ObjectChange>
  /**
   * The members that a group gained or lost, in the order of their last change, as they are since then. Also those who are back where they
   * were: a reader of the group itself may have seen it in between.
   */
  memberChanges(groupKey: number, watermark: number, until?: number): Iterable<MemberChange>
}

export function createChangeFeed(db: Db): ChangeFeed {
  const insert = db.prepare(`
    INSERT INTO changes (object_key, object_id, object_type, kind, attributes, related_id, related_type, added, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  `)
  const insertMembers = db.prepare(RECORD_MEMBERS)
  const readWatermark = db.prepare<[], number>("SELECT coalesce(max(seq), 0) FROM changes").pluck()
  const latest = db.prepare<[number], ChangeRow>("SELECT * FROM changes WHERE seq <= ? ORDER BY seq DESC LIMIT 500")
  const firstChanges = db.prepare<[object], { seq: number; object_key: number; object_type: ObjectType }>(FIRST_CHANGES)
  const changesOf = db.prepare<[object], ChangeRow>(
    "SELECT * FROM changes WHERE object_key = @key AND seq > @since AND seq <= @until AND kind <> 'membership' ORDER BY seq",
  )
  const membershipSpan = db.prepare<[object], ChangeRow>(`
    SELECT * FROM changes WHERE object_key = @key AND seq IN (
      SELECT min(seq) FROM changes WHERE object_key = @key AND seq > @since AND seq <= @until AND kind = 'membership'
      UNION SELECT max(seq) FROM changes WHERE object_key = @key AND seq > @since AND seq <= @until AND kind = 'membership'
    ) ORDER BY seq
  `)
  const memberChanges = db.prepare<[object], { seq: number; memberId: string; memberType: ObjectType; added: number }>(
    MEMBER_CHANGES,
  )
  /** The last sequence, as long as nothing is written. What is read inside a transaction may be undone. */
  let known: number | undefined
  const watermark = (): number => {
    if (known !== undefined) return known
    const last = readWatermark.get() ?? 0
    if (!db.inTransaction) known = last
    return last
  }

  return {
    record(object, kind, atMs, { attributes, related, added } = {}) {
      known = undefined
      insert.run(
        object.key,
        object.id,
        object.type,
        kind,
        attributes === undefined ? null : JSON.stringify(attributes),
        related?.id,
        related?.type,
        added === undefined ? null : Number(added),
        atMs,
      )
    },
    recordMembersOf(groupKey, applicationId, added, atMs) {
      known = undefined
      insertMembers.run({ groupKey, applicationId, added: Number(added), at: atMs })
    },
    watermark,
    watermarkBefore({ applicationId, afterMs }) {
      let found = watermark()
      for (let cursor = found; ;) {
        const rows = latest.all(cursor)
        for (const { seq, kind, at, related_id: relatedId, added } of rows) {
          // What the recycle bin lets go carries the time at which it expired; all else is in order.
          if (at <= afterMs && kind !== "purged") return found
          if (kind === "assignment" && relatedId === applicationId && added === 1 && at > afterMs) found = seq - 1
        }
        const last = rows.at(-1)
        if (last === undefined) return found
        cursor = last.seq - 1
      }
    },
    *since(since, until = watermark()) {
      if (since >= until) return
      for (let cursor = since; ;) {
        const page = firstChanges.all({ cursor, since, until })
        for (const { object_key: key, object_type: type } of page) {
          const rows = changesOf.all({ key, since, until })
          // A large group may have a million membership changes in the window: the ends of that span say enough here.
          if (type === "Group") rows.push(...membershipSpan.all({ key, since, until }))
          yield coalesce(rows)
        }
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE_SIZE) return
        cursor = last.seq
      }
    },
    *memberChanges(groupKey, since, until = watermark()) {
      for (let cursor = since; ;) {
        const page = memberChanges.all({ groupKey, since, until, cursor })
        for (const { memberId, memberType, added } of page) yield { memberId, memberType, added: added === 1 }
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE_SIZE) return
        cursor = last.seq
      }
    },
  }
}

/** One object's changes as one. */
function coalesce(rows: readonly ChangeRow[]): ObjectChange {
  const [first] = rows
  if (first === undefined) throw new Error("An object without changes has no place in the feed.")
  const kinds = new Set<ChangeKind>()
  const attributes = new Set<string>()
  const applicationIds = new Set<string>()
  let firstSeq = first.seq
  let last = first
  for (const row of rows) {
    kinds.add(row.kind)
    for (const name of attributesOf(row)) attributes.add(name)
    if (row.kind === "assignment" && row.related_id !== null) applicationIds.add(row.related_id)
    firstSeq = Math.min(firstSeq, row.seq)
    if (row.seq > last.seq) last = row
  }
  return {
    objectType: first.object_type,
    objectId: first.object_id,
    kinds,
    attributes,
    applicationIds,
    firstSeq,
    lastSeq: last.seq,
    lastAtMs: last.at,
  }
}

function attributesOf(row: ChangeRow): readonly string[] {
  if (row.kind === "membership") return ["members"]
  if (row.kind === "manager") return ["manager"]
  return row.attributes === null ? [] : (JSON.parse(row.attributes) as string[])
}
