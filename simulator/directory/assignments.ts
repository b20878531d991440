/** The tables of applications and of assignments to them. Knows nothing of rules. */
import type { IdSource } from "../../protocol/index.ts"
import type { Db } from "./database.ts"

/** A role of an application, as an assignment names it (GRAPH-506). */
export interface AppRole {
  readonly id: string
  readonly displayName: string
  readonly value: string | null
}

/** One direct assignment of a user or group. */
export interface Assignment {
  readonly id: string
  readonly principalType: "User" | "Group"
  readonly principalId: string
  readonly roleId: string
  readonly createdAtMs: number
}

export interface ApplicationRow {
  readonly key: number
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly roles: readonly AppRole[]
}

/** The roles that a non-gallery application has from the start (GRAPH-506: the pair is inferred). */
function defaultRoles(ids: IdSource): AppRole[] {
  return ["User", "msiam_access"].map((displayName) => ({ id: ids.next(), displayName, value: null }))
}

export interface Assignments {
  createApplication(
    displayName: string,
    roleNames: readonly string[] | undefined,
    ids: IdSource,
    atMs: number,
  ): ApplicationRow
  findApplication(id: string): ApplicationRow | undefined
  applications(): readonly ApplicationRow[]
  /** Adds an assignment; false when it was there already. */
  add(applicationKey: number, principalKey: number, roleId: string, id: string, atMs: number): boolean
  /** Removes all assignments of a principal to an application; false when there was none. */
  remove(applicationKey: number, principalKey: number): boolean
  /** Whether there is a direct assignment that was made until then. */
  has(applicationKey: number, principalKey: number, untilMs: number): boolean
  /** Ids of the roles of the direct assignments. */
  roleIdsOf(applicationKey: number, principalKey: number): readonly string[]
  of(applicationKey: number, principalKey: number): readonly Assignment[]
  /** Ids of the applications to which a principal is assigned directly. */
  applicationIdsOf(principalKey: number): readonly string[]
}

interface StoredApplication extends Omit<ApplicationRow, "roles"> {
  readonly roles: string
}

const APPLICATION_COLUMNS = "key, id, app_id AS appId, display_name AS displayName, roles"

export function createAssignments(db: Db): Assignments {
  const insertApplication = db.prepare(
    "INSERT INTO applications (id, app_id, display_name, roles, created_at) VALUES (?, ?, ?, ?, ?)",
  )
  const findApplication = db.prepare<[string], StoredApplication>(
    `SELECT ${APPLICATION_COLUMNS} FROM applications WHERE id = ?`,
  )
  const listApplications = db.prepare<[], StoredApplication>(
    `SELECT ${APPLICATION_COLUMNS} FROM applications ORDER BY key`,
  )
  const insert = db.prepare(
    "INSERT OR IGNORE INTO assignments (application_key, principal_key, role_id, id, created_at) VALUES (?, ?, ?, ?, ?)",
  )
  const remove = db.prepare("DELETE FROM assignments WHERE application_key = ? AND principal_key = ?")
  const has = db
    .prepare<[number, number, number], number>(
      "SELECT 1 FROM assignments WHERE application_key = ? AND principal_key = ? AND created_at <= ?",
    )
    .pluck()
  const roleIdsOf = db
    .prepare<[number, number], string>(
      "SELECT role_id FROM assignments WHERE application_key = ? AND principal_key = ?",
    )
    .pluck()
  const assignmentsOf = db.prepare<[number, number], Assignment>(`
    SELECT assignments.id, type AS principalType, objects.id AS principalId, role_id AS roleId, assignments.created_at AS createdAtMs
    FROM assignments JOIN objects ON objects.key = principal_key
    WHERE application_key = ? AND principal_key = ? ORDER BY assignments.created_at, role_id
  `)
  const applicationIdsOf = db
    .prepare<[number], string>(`
      SELECT id FROM applications WHERE EXISTS (
        SELECT 1 FROM assignments WHERE principal_key = ? AND application_key = applications.key
      ) ORDER BY key
    `)
    .pluck()
  return {
    createApplication(displayName, roleNames, ids, atMs) {
      const id = ids.next()
      const appId = ids.next()
      const roles =
        roleNames === undefined
          ? defaultRoles(ids)
          : roleNames.map((name) => ({ id: ids.next(), displayName: name, value: name }))
      const { lastInsertRowid } = insertApplication.run(id, appId, displayName, JSON.stringify(roles), atMs)
      return { key: Number(lastInsertRowid), id, appId, displayName, roles }
    },
    findApplication: (id) => {
      const row = findApplication.get(id)
      return row === undefined ? undefined : toApplicationRow(row)
    },
    applications: () => listApplications.all().map(toApplicationRow),
    add: (applicationKey, principalKey, roleId, id, atMs) =>
      insert.run(applicationKey, principalKey, roleId, id, atMs).changes > 0,
    remove: (applicationKey, principalKey) => remove.run(applicationKey, principalKey).changes > 0,
    has: (applicationKey, principalKey, untilMs) => has.get(applicationKey, principalKey, untilMs) !== undefined,
    roleIdsOf: (applicationKey, principalKey) => roleIdsOf.all(applicationKey, principalKey),
    of: (applicationKey, principalKey) => assignmentsOf.all(applicationKey, principalKey),
    applicationIdsOf: (principalKey) => applicationIdsOf.all(principalKey),
  }
}

function toApplicationRow(row: StoredApplication): ApplicationRow {
  return { ...row, roles: JSON.parse(row.roles) as AppRole[] }
}
