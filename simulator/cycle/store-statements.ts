/**
 * The tables of a job's memory and every statement on them, each answered through an index. A job is a small number in them,
 * which each statement has built in; its other parameters go by their places, which costs half of what names would.
 */
import type { Database } from "better-sqlite3"
import type { ObjectType } from "../mapping/model.ts"
import type { Escrow, EscrowKind } from "./escrow.ts"
import { type Prepared, prepareLater } from "../prepare-later.ts"
import type { SentReference } from "./reference-store.ts"
import type { Link } from "./store.ts"

const TABLES = `
  create table if not exists job_values (
    job integer not null, name text not null, value text not null, primary key (job, name)) without rowid;
  create table if not exists links (
    job integer not null, objectType text not null, sourceId text not null, targetId text not null, displayName text not null,
    state text not null, primary key (job, objectType, sourceId)) without rowid;
  create index if not exists links_by_target on links (job, objectType, targetId);
  create table if not exists former_links (
    job integer not null, objectType text not null, sourceId text not null, primary key (job, objectType, sourceId)) without rowid;
  create table if not exists unconfirmed_creates (
    job integer not null, objectType text not null, sourceId text not null, matching text not null,
    primary key (job, objectType, sourceId)) without rowid;
  create table if not exists sent_references (
    job integer not null, ownerId text not null, path text not null, memberId text not null, memberTargetId text not null,
    primary key (job, ownerId, path, memberId)) without rowid;
  create index if not exists sent_references_by_member on sent_references (job, memberId);
  create table if not exists pending_references (
    seq integer primary key, job integer not null, ownerType text not null, ownerId text not null, path text not null,
    memberId text not null, isForced integer not null, unique (job, ownerType, ownerId, path, memberId));
  create index if not exists pending_references_by_owner on pending_references (job, ownerType, ownerId, seq);
  create table if not exists reference_queue (
    seq integer primary key, job integer not null, ownerType text not null, ownerId text not null, isExported integer not null,
    current text not null, steps text not null, unique (job, ownerType, ownerId));
  create table if not exists escrows (
    job integer not null, objectType text not null, objectId text not null, kind text not null, errorCode text not null,
    firstFailureMs integer not null, retryCount integer not null, notBeforeMs integer not null,
    primary key (job, objectType, objectId)) without rowid;
  create index if not exists escrows_by_due on escrows (job, objectType, notBeforeMs);
  create table if not exists staged_deletes (
    seq integer primary key, job integer not null, objectType text not null, objectId text not null,
    unique (job, objectType, objectId));
`

const TABLE_NAMES = [
  "job_values",
  "links",
  "former_links",
  "unconfirmed_creates",
  "sent_references",
  "pending_references",
  "reference_queue",
  "escrows",
  "staged_deletes",
]

const LINK = "select objectType, sourceId, targetId, displayName, state from links"
const SENT = "select memberId, memberTargetId from sent_references"
const ESCROW = "select objectType, objectId, kind, errorCode, firstFailureMs, retryCount, notBeforeMs from escrows"

/** An object of the source, by its type and id. */
type ObjectKey = [objectType: ObjectType, id: string]
type SentKey = [ownerId: string, path: string]
type SentMember = [...SentKey, memberId: string]
type Pending = [...ObjectKey, path: string, memberId: string]
type Count = { readonly count: number }

/** The tables that most cycles find empty. */
export type SparseTable = "escrows" | "staged_deletes" | "pending_references" | "reference_queue"

/** A pending reference as it is stored: SQLite has no booleans. */
export interface PendingRow {
  readonly ownerType: ObjectType
  readonly ownerId: string
  readonly path: string
  readonly memberId: string
  readonly isForced: number
}

/** An owner in the queue as it is stored; `current` and `steps` are JSON text. */
export interface QueuedRow {
  readonly ownerType: ObjectType
  readonly ownerId: string
  readonly isExported: number
  readonly current: string
  readonly steps: string
}

export type JobStatements = ReturnType<typeof prepareStatements>

/** Creates the tables where they are missing and prepares the statements of one job, by its number. */
export function prepareStatements(database: Database, job: number) {
  database.exec(TABLES)
  const prepare = <Parameters extends unknown[], Row = never>(sql: string): Prepared<Parameters, Row> =>
    prepareLater<Parameters, Row>(database, sql)
  const ofJob = `where job = ${job}`
  const prepareAny = (table: SparseTable) =>
    prepare<[], { found: number }>(`select 1 as found from ${table} ${ofJob} limit 1`)
  const ofLink = `${ofJob} and objectType = ? and sourceId = ?`
  const ofOwner = `${ofJob} and ownerType = ? and ownerId = ?`
  const ofObject = `${ofJob} and objectType = ? and objectId = ?`
  const ofSent = `${ofJob} and ownerId = ? and path = ?`
  return {
    value: prepare<[name: string], { value: string }>(`select value from job_values ${ofJob} and name = ?`),
    setValue: prepare<[name: string, value: string]>(`insert or replace into job_values values (${job}, ?, ?)`),
    removeValue: prepare<[name: string]>(`delete from job_values ${ofJob} and name = ?`),

    link: prepare<ObjectKey, Link>(`${LINK} ${ofLink}`),
    // Left to itself, SQLite takes the primary key, and reads all links of the type.
    linksByTarget: prepare<[ObjectType, targetId: string], Link>(
      `${LINK} indexed by links_by_target ${ofJob} and objectType = ? and targetId = ?`,
    ),
    links: prepare<[], Link>(`${LINK} ${ofJob} order by objectType desc, sourceId`),
    countLinks: prepare<[], Count>(`select count(*) as count from links ${ofJob}`),
    setLink: prepare<[...ObjectKey, targetId: string, displayName: string, state: string]>(
      `insert or replace into links values (${job}, ?, ?, ?, ?, ?)`,
    ),
    removeLink: prepare<ObjectKey>(`delete from links ${ofLink}`),
    removeAllLinks: prepare<[]>(`delete from links ${ofJob}`),
    addFormerLink: prepare<ObjectKey>(
      `insert or ignore into former_links select job, objectType, sourceId from links ${ofLink}`,
    ),
    entryCounts: prepare<[], { objectType: ObjectType; count: number }>(`
      select objectType, sum(count) as count from (
        select objectType, count(*) as count from links ${ofJob} group by objectType
        union all
        select objectType, count(*) as count from former_links as former ${ofJob} and not exists (
          select 1 from links ${ofJob} and objectType = former.objectType and sourceId = former.sourceId
        ) group by objectType
      ) group by objectType order by objectType desc`),
    removeFormerLinks: prepare<[]>(`delete from former_links ${ofJob}`),
    unconfirmedCreate: prepare<ObjectKey, { matching: string }>(`select matching from unconfirmed_creates ${ofLink}`),
    setUnconfirmedCreate: prepare<[...ObjectKey, matching: string]>(
      `insert or replace into unconfirmed_creates values (${job}, ?, ?, ?)`,
    ),
    removeUnconfirmedCreate: prepare<ObjectKey>(`delete from unconfirmed_creates ${ofLink}`),
    removeUnconfirmedCreates: prepare<[]>(`delete from unconfirmed_creates ${ofJob}`),

    sentReference: prepare<SentMember, SentReference>(`${SENT} ${ofSent} and memberId = ?`),
    sentReferences: prepare<SentKey, SentReference>(`${SENT} ${ofSent}`),
    setSentReference: prepare<[...SentMember, memberTargetId: string]>(
      `insert or replace into sent_references values (${job}, ?, ?, ?, ?)`,
    ),
    removeSentReference: prepare<SentMember>(`delete from sent_references ${ofSent} and memberId = ?`),
    removeSentBy: prepare<[ownerId: string]>(`delete from sent_references ${ofJob} and ownerId = ?`),
    removeSentOf: prepare<[memberId: string]>(`delete from sent_references ${ofJob} and memberId = ?`),
    removeAllSent: prepare<[]>(`delete from sent_references ${ofJob}`),

    addPending: prepare<[...Pending, isForced: number]>(
      `insert into pending_references (job, ownerType, ownerId, path, memberId, isForced) values (${job}, ?, ?, ?, ?, ?)
       on conflict do update set isForced = max(isForced, excluded.isForced)`,
    ),
    pending: prepare<[...ObjectKey, afterSeq: number, limit: number], PendingRow & { seq: number }>(
      `select seq, ownerType, ownerId, path, memberId, isForced from pending_references
       ${ofOwner} and seq > ? order by seq limit ?`,
    ),
    anyPending: prepare<ObjectKey, { found: number }>(`select 1 as found from pending_references ${ofOwner} limit 1`),
    setPendingForced: prepare<[isForced: number, ...Pending]>(
      `update pending_references set isForced = ? ${ofOwner} and path = ? and memberId = ?`,
    ),
    removePending: prepare<Pending>(`delete from pending_references ${ofOwner} and path = ? and memberId = ?`),
    removePendingOf: prepare<ObjectKey>(`delete from pending_references ${ofOwner}`),
    removeAllPending: prepare<[]>(`delete from pending_references ${ofJob}`),
    countPending: prepare<[], Count>(`select count(*) as count from pending_references ${ofJob}`),

    queueOwner: prepare<[...ObjectKey, current: string]>(
      `insert into reference_queue (job, ownerType, ownerId, isExported, current, steps) values (${job}, ?, ?, 0, ?, '[]')
       on conflict do update set current = excluded.current`,
    ),
    queued: prepare<ObjectKey, { found: number }>(`select 1 as found from reference_queue ${ofOwner}`),
    markExported: prepare<ObjectKey>(`update reference_queue set isExported = 1 ${ofOwner}`),
    setQueuedSteps: prepare<[steps: string, ...ObjectKey]>(`update reference_queue set steps = ? ${ofOwner}`),
    // The plus keeps the index on the job out: with it, all that is queued would be sorted to find the first.
    nextQueued: prepare<[], QueuedRow>(
      `select ownerType, ownerId, isExported, current, steps from reference_queue where +job = ${job} order by seq limit 1`,
    ),
    removeQueued: prepare<ObjectKey>(`delete from reference_queue ${ofOwner}`),
    clearQueue: prepare<[]>(`delete from reference_queue ${ofJob}`),

    any: {
      escrows: prepareAny("escrows"),
      staged_deletes: prepareAny("staged_deletes"),
      pending_references: prepareAny("pending_references"),
      reference_queue: prepareAny("reference_queue"),
    },

    escrow: prepare<ObjectKey, Escrow>(`${ESCROW} ${ofObject}`),
    escrows: prepare<[], Escrow>(`${ESCROW} ${ofJob} order by objectType desc, objectId`),
    dueEscrows: prepare<[ObjectType, nowMs: number], Escrow>(
      `${ESCROW} ${ofJob} and objectType = ? and notBeforeMs <= ? order by notBeforeMs, objectId`,
    ),
    countEscrowsOf: prepare<[errorCode: string], Count>(
      `select count(*) as count from escrows ${ofJob} and errorCode = ?`,
    ),
    countEscrows: prepare<[EscrowKind], Count>(`select count(*) as count from escrows ${ofJob} and kind = ?`),
    setEscrow: prepare<
      [
        ...ObjectKey,
        kind: EscrowKind,
        errorCode: string,
        firstFailureMs: number,
        retryCount: number,
        notBeforeMs: number,
      ]
    >(`insert or replace into escrows values (${job}, ?, ?, ?, ?, ?, ?, ?)`),
    removeEscrow: prepare<ObjectKey>(`delete from escrows ${ofObject}`),
    removeAllEscrows: prepare<[]>(`delete from escrows ${ofJob}`),

    stage: prepare<ObjectKey>(`insert or ignore into staged_deletes (job, objectType, objectId) values (${job}, ?, ?)`),
    unstage: prepare<ObjectKey>(`delete from staged_deletes ${ofObject}`),
    anyStaged: prepare<ObjectKey, unknown>(`select 1 from staged_deletes ${ofObject}`),
    staged: prepare<[ObjectType], { objectId: string }>(
      `select objectId from staged_deletes ${ofJob} and objectType = ? order by seq`,
    ),

    removeEverything: TABLE_NAMES.map((name) => prepare<[]>(`delete from ${name} ${ofJob}`)),
  }
}
