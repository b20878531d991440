/**
 * The recycle bin: what is deleted stays restorable for 30 days with its memberships and assignments, then is purged (ENG-DEPROV-03,
 * GRAPH-401, documented). Nothing has to run for that: whoever looks at the directory first lets pass what has expired, at the
 * instant at which it did.
 */
import { toMs } from "../clock.ts"
import type { ObjectType } from "../mapping/model.ts"
import { DirectoryError } from "./directory-error.ts"
import type { GroupRef, UserRef } from "./model.ts"
import { attributesOf, type Parts, requireObject } from "./parts.ts"
import { domainOf, toDeletedName } from "./user-principal-name.ts"
import { assertUpnFree, toUpnKey } from "./users-and-groups.ts"

/** How long a deleted object can be restored. */
const RECYCLE_BIN_MS = toMs({ days: 30 })

type Row = ReturnType<typeof requireObject>

export interface RecycleBin {
  softDelete(ref: UserRef | GroupRef): void
  /** Restores; a user gets its old name back, or another one that is given. */
  restore(ref: UserRef | GroupRef, userPrincipalName?: string): void
  purge(ref: UserRef | GroupRef): void
  /** Deletes for good at once, without the bin. */
  deletePermanently(ref: GroupRef): void
  /** Purges what has been in the bin for 30 days by now. */
  purgeExpired(): void
}

export function createRecycleBin(parts: Parts): RecycleBin {
  const { db, objects, feed, assignments } = parts
  const mark = db.prepare("UPDATE objects SET deleted_at = ?, upn_before_deletion = ? WHERE key = ?")
  const earliest = db
    .prepare<[], number | null>("SELECT min(deleted_at) FROM objects WHERE deleted_at IS NOT NULL")
    .pluck()
  const expired = db.prepare<[number], { id: string; objectType: ObjectType; deleted_at: number }>(
    "SELECT id, type AS objectType, deleted_at FROM objects WHERE deleted_at <= ? ORDER BY deleted_at, key",
  )
  const remains = [
    "DELETE FROM memberships WHERE group_key = @key",
    "DELETE FROM memberships WHERE member_key = @key",
    "DELETE FROM assignments WHERE principal_key = @key",
    "UPDATE objects SET manager_key = NULL WHERE manager_key = @key",
    "DELETE FROM objects WHERE key = @key",
  ].map((sql) => db.prepare(sql))

  /** When the next object expires: spares a query each time somebody looks. */
  let nextExpiryMs = expiryAfter(earliest.get())

  function expiryAfter(deletedAtMs: number | null | undefined): number {
    return deletedAtMs === null || deletedAtMs === undefined ? Number.POSITIVE_INFINITY : deletedAtMs + RECYCLE_BIN_MS
  }

  /** The users of a group lose or regain what they are entitled to by it. */
  function recordEntitlements(row: Row, added: boolean, atMs: number): void {
    if (row.type !== "Group") return
    for (const id of assignments.applicationIdsOf(row.key)) feed.recordMembersOf(row.key, id, added, atMs)
  }

  function erase(row: Row, atMs: number): void {
    parts.atomically(() => {
      if (row.deleted_at === null) recordEntitlements(row, false, atMs)
      feed.record(row, "purged", atMs)
      for (const statement of remains) statement.run({ key: row.key })
    })
    nextExpiryMs = expiryAfter(earliest.get())
  }

  return {
    softDelete(ref) {
      const row = requireObject(parts, ref)
      const atMs = parts.clock.now()
      const attributes = attributesOf(row)
      const upn = attributes.get("userPrincipalName")
      parts.atomically(() => {
        if (typeof upn === "string") {
          const deletedName = toDeletedName(upn, row.id)
          objects.rewrite(row.key, toUpnKey(deletedName), attributes.set("userPrincipalName", deletedName))
        }
        mark.run(atMs, upn ?? null, row.key)
        feed.record(row, "softDeleted", atMs)
        recordEntitlements(row, false, atMs)
      })
      nextExpiryMs = Math.min(nextExpiryMs, expiryAfter(atMs))
    },
    restore(ref, userPrincipalName) {
      const row = requireObject(parts, ref, "deleted")
      const upn = userPrincipalName ?? row.upn_before_deletion
      if (upn !== null && row.type === "Group") {
        throw new DirectoryError("InvalidValue", "A group has no userPrincipalName; restore it without one.")
      }
      const atMs = parts.clock.now()
      if (upn !== null) {
        parts.domains.assertVerified(domainOf(upn), upn)
        assertUpnFree(parts, upn, row.id)
      }
      parts.atomically(() => {
        if (upn !== null) objects.rewrite(row.key, toUpnKey(upn), attributesOf(row).set("userPrincipalName", upn))
        mark.run(null, null, row.key)
        feed.record(row, "restored", atMs)
        recordEntitlements(row, true, atMs)
      })
      nextExpiryMs = expiryAfter(earliest.get())
    },
    purge(ref) {
      erase(requireObject(parts, ref, "deleted"), parts.clock.now())
    },
    deletePermanently(ref) {
      erase(requireObject(parts, ref), parts.clock.now())
    },
    purgeExpired() {
      const nowMs = parts.clock.now()
      if (nowMs < nextExpiryMs) return
      for (const item of expired.all(nowMs - RECYCLE_BIN_MS)) {
        erase(requireObject(parts, item, "deleted"), item.deleted_at + RECYCLE_BIN_MS)
      }
    },
  }
}
