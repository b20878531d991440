/** The tables of a job's memory and every statement on them, each answered through an index. */
import type { Database } from "better-sqlite3"
import type { ObjectType } from "../mapping/model.ts"
import type { Escrow, EscrowKind } from "./escrow.ts"
import type { Link, RecordKind, SentReference } from "./store.ts"

const TABLES = `
  create table if not exists job_values (
    job text not null, name text not null, value text not null, primary key (job, name)) without rowid;
  create table if not exists links (
    job text not null, objectType text not null, sourceId text not null, targetId text not null, displayName text not null,
    state text not null, primary key (job, objectType, sourceId)) without rowid;
  create index if not exists links_by_target on links (job, objectType, targetId);
  create table if not exists known_entries (
    job text not null, objectType text not null, sourceId text not null, primary key (job, objectType, sourceId)) without rowid;
  create table if not exists unconfirmed_creates (
    job text not null, objectType text not null, sourceId text not null, matching text not null,
    primary key (job, objectType, sourceId)) without rowid;
  create table if not exists sent_references (
    job text not null, ownerId text not null, path text not null, memberId text not null, memberTargetId text not null,
    primary key (job, ownerId, path, memberId)) without rowid;
  create index if not exists sent_references_by_member on sent_references (job, memberId);
  create table if not exists pending_references (
    seq integer primary key, job text not null, ownerType text not null, ownerId text not null, path text not null,
    memberId text not null, isForced integer not null, unique (job, ownerType, ownerId, path, memberId));
  create index if not exists pending_references_by_owner on pending_references (job, ownerType, ownerId, seq);
  create table if not exists reference_queue (
    seq integer primary key, job text not null, ownerType text not null, ownerId text not null, isExported integer not null,
    current text not null, steps text not null, unique (job, ownerType, ownerId));
  create table if not exists escrows (
    job text not null, objectType text not null, objectId text not null, kind text not null, errorCode text not null,
    firstFailureMs integer not null, retryCount integer not null, notBeforeMs integer not null,
    primary key (job, objectType, objectId)) without rowid;
  create index if not exists escrows_by_due on escrows (job, objectType, notBeforeMs);
  create table if not exists staged_deletes (
    seq integer primary key, job text not null, objectType text not null, objectId text not null,
    unique (job, objectType, objectId));
  create table if not exists job_records (
    seq integer primary key, job text not null, kind text not null, record text not null);
  create index if not exists job_records_by_kind on job_records (job, kind, seq);
`

const TABLE_NAMES = [
  "job_values",
  "links",
  "known_entries",
  "unconfirmed_creates",
  "sent_references",
  "pending_references",
  "reference_queue",
  "escrows",
  "staged_deletes",
  "job_records",
]

const LINK = "select objectType, sourceId, targetId, displayName, state from links where job = @job"
const SENT = "select memberId, memberTargetId from sent_references where job = @job"
const ESCROW =
  "select objectType, objectId, kind, errorCode, firstFailureMs, retryCount, notBeforeMs from escrows where job = @job"

interface OfJob {
  readonly job: string
}
type LinkKey = OfJob & { readonly objectType: ObjectType; readonly sourceId: string }
type SentKey = OfJob & { readonly ownerId: string; readonly path: string }
type OwnerKey = OfJob & { readonly ownerType: ObjectType; readonly ownerId: string }
type EscrowKey = OfJob & { readonly objectType: ObjectType; readonly objectId: string }
type Count = { readonly count: number }

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

/** A prepared statement as far as it is used: better-sqlite3 gives its own no name that a declaration file could use. */
interface Prepared<Parameters, Row> {
  get(parameters: Parameters): Row | undefined
  all(parameters: Parameters): Row[]
  run(parameters: Parameters): void
}

export type JobStatements = ReturnType<typeof prepareStatements>

/** Creates the tables where they are missing and prepares the statements. */
export function prepareStatements(database: Database) {
  database.exec(TABLES)
  const prepare = <Parameters extends OfJob, Row = never>(sql: string): Prepared<Parameters, Row> =>
    database.prepare<[Parameters], Row>(sql)
  return {
    value: prepare<OfJob & { name: string }, { value: string }>(
      "select value from job_values where job = @job and name = @name",
    ),
    setValue: prepare<OfJob & { name: string; value: string }>(
      "insert or replace into job_values values (@job, @name, @value)",
    ),
    removeValue: prepare<OfJob & { name: string }>("delete from job_values where job = @job and name = @name"),

    link: prepare<LinkKey, Link>(`${LINK} and objectType = @objectType and sourceId = @sourceId`),
    linksByTarget: prepare<OfJob & { objectType: ObjectType; targetId: string }, Link>(
      `${LINK} and objectType = @objectType and targetId = @targetId`,
    ),
    links: prepare<OfJob, Link>(`${LINK} order by objectType desc, sourceId`),
    countLinks: prepare<OfJob, Count>("select count(*) as count from links where job = @job"),
    setLink: prepare<OfJob & Link>(
      "insert or replace into links values (@job, @objectType, @sourceId, @targetId, @displayName, @state)",
    ),
    addKnownEntry: prepare<LinkKey>("insert or ignore into known_entries values (@job, @objectType, @sourceId)"),
    entryCounts: prepare<OfJob, { objectType: ObjectType; count: number }>(
      "select objectType, count(*) as count from known_entries where job = @job group by objectType order by objectType desc",
    ),
    removeKnownEntries: prepare<OfJob>("delete from known_entries where job = @job"),
    unconfirmedCreate: prepare<LinkKey, { matching: string }>(
      "select matching from unconfirmed_creates where job = @job and objectType = @objectType and sourceId = @sourceId",
    ),
    setUnconfirmedCreate: prepare<LinkKey & { matching: string }>(
      "insert or replace into unconfirmed_creates values (@job, @objectType, @sourceId, @matching)",
    ),
    removeUnconfirmedCreate: prepare<LinkKey>(
      "delete from unconfirmed_creates where job = @job and objectType = @objectType and sourceId = @sourceId",
    ),
    removeUnconfirmedCreates: prepare<OfJob>("delete from unconfirmed_creates where job = @job"),
    removeLink: prepare<LinkKey>(
      "delete from links where job = @job and objectType = @objectType and sourceId = @sourceId",
    ),
    removeAllLinks: prepare<OfJob>("delete from links where job = @job"),

    sentReference: prepare<SentKey & { memberId: string }, SentReference>(
      `${SENT} and ownerId = @ownerId and path = @path and memberId = @memberId`,
    ),
    sentReferences: prepare<SentKey, SentReference>(`${SENT} and ownerId = @ownerId and path = @path`),
    setSentReference: prepare<SentKey & SentReference>(
      "insert or replace into sent_references values (@job, @ownerId, @path, @memberId, @memberTargetId)",
    ),
    removeSentReference: prepare<SentKey & { memberId: string }>(
      "delete from sent_references where job = @job and ownerId = @ownerId and path = @path and memberId = @memberId",
    ),
    removeSentBy: prepare<OfJob & { ownerId: string }>(
      "delete from sent_references where job = @job and ownerId = @ownerId",
    ),
    removeSentOf: prepare<OfJob & { memberId: string }>(
      "delete from sent_references where job = @job and memberId = @memberId",
    ),
    removeAllSent: prepare<OfJob>("delete from sent_references where job = @job"),

    addPending: prepare<OfJob & PendingRow>(
      `insert into pending_references (job, ownerType, ownerId, path, memberId, isForced)
       values (@job, @ownerType, @ownerId, @path, @memberId, @isForced)
       on conflict do update set isForced = max(isForced, excluded.isForced)`,
    ),
    pending: prepare<OwnerKey & { afterSeq: number; limit: number }, PendingRow & { seq: number }>(
      `select seq, ownerType, ownerId, path, memberId, isForced from pending_references
       where job = @job and ownerType = @ownerType and ownerId = @ownerId and seq > @afterSeq order by seq limit @limit`,
    ),
    anyPending: prepare<OwnerKey, { found: number }>(
      "select 1 as found from pending_references where job = @job and ownerType = @ownerType and ownerId = @ownerId limit 1",
    ),
    removePending: prepare<OwnerKey & { path: string; memberId: string }>(
      `delete from pending_references
       where job = @job and ownerType = @ownerType and ownerId = @ownerId and path = @path and memberId = @memberId`,
    ),
    removePendingOf: prepare<OwnerKey>(
      "delete from pending_references where job = @job and ownerType = @ownerType and ownerId = @ownerId",
    ),
    removeAllPending: prepare<OfJob>("delete from pending_references where job = @job"),

    countPending: prepare<OfJob, Count>("select count(*) as count from pending_references where job = @job"),

    queueOwner: prepare<OwnerKey & { current: string }>(
      `insert into reference_queue (job, ownerType, ownerId, isExported, current, steps)
       values (@job, @ownerType, @ownerId, 0, @current, '[]')
       on conflict do update set current = excluded.current`,
    ),
    queued: prepare<OwnerKey, { found: number }>(
      "select 1 as found from reference_queue where job = @job and ownerType = @ownerType and ownerId = @ownerId",
    ),
    markExported: prepare<OwnerKey>(
      "update reference_queue set isExported = 1 where job = @job and ownerType = @ownerType and ownerId = @ownerId",
    ),
    setQueuedSteps: prepare<OwnerKey & { steps: string }>(
      "update reference_queue set steps = @steps where job = @job and ownerType = @ownerType and ownerId = @ownerId",
    ),
    nextQueued: prepare<OfJob, QueuedRow>(
      "select ownerType, ownerId, isExported, current, steps from reference_queue where job = @job order by seq limit 1",
    ),
    removeQueued: prepare<OwnerKey>(
      "delete from reference_queue where job = @job and ownerType = @ownerType and ownerId = @ownerId",
    ),
    clearQueue: prepare<OfJob>("delete from reference_queue where job = @job"),

    escrow: prepare<EscrowKey, Escrow>(`${ESCROW} and objectType = @objectType and objectId = @objectId`),
    escrows: prepare<OfJob, Escrow>(`${ESCROW} order by objectType desc, objectId`),
    dueEscrows: prepare<OfJob & { objectType: ObjectType; nowMs: number }, Escrow>(
      `${ESCROW} and objectType = @objectType and notBeforeMs <= @nowMs order by notBeforeMs, objectId`,
    ),
    countEscrowsOf: prepare<OfJob & { errorCode: string }, Count>(
      "select count(*) as count from escrows where job = @job and errorCode = @errorCode",
    ),
    countEscrows: prepare<OfJob & { kind: EscrowKind }, Count>(
      "select count(*) as count from escrows where job = @job and kind = @kind",
    ),
    setEscrow: prepare<OfJob & Escrow>(
      `insert or replace into escrows
       values (@job, @objectType, @objectId, @kind, @errorCode, @firstFailureMs, @retryCount, @notBeforeMs)`,
    ),
    removeEscrow: prepare<EscrowKey>(
      "delete from escrows where job = @job and objectType = @objectType and objectId = @objectId",
    ),
    removeAllEscrows: prepare<OfJob>("delete from escrows where job = @job"),

    stage: prepare<EscrowKey>(
      "insert or ignore into staged_deletes (job, objectType, objectId) values (@job, @objectType, @objectId)",
    ),
    unstage: prepare<EscrowKey>(
      "delete from staged_deletes where job = @job and objectType = @objectType and objectId = @objectId",
    ),
    staged: prepare<OfJob & { objectType: ObjectType }, { objectId: string }>(
      "select objectId from staged_deletes where job = @job and objectType = @objectType order by seq",
    ),

    addRecord: prepare<OfJob & { kind: RecordKind; record: string }>(
      "insert into job_records (job, kind, record) values (@job, @kind, @record)",
    ),
    records: prepare<OfJob & { kind: RecordKind }, { record: string }>(
      "select record from job_records where job = @job and kind = @kind order by seq",
    ),
    removeEverything: TABLE_NAMES.map((name) => prepare<OfJob>(`delete from ${name} where job = @job`)),
  }
}
