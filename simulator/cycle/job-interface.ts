/** What a provisioning job is made of and what it can do: its public face, as types. */
import type { SynchronizationSchedule, SynchronizationStatus } from "@microsoft/microsoft-graph-types"
import type { IdSource, Random, Scheduler, Transport } from "../../protocol/index.ts"
import type { Credentials } from "../dialect/credentials.ts"
import type { SigningKey } from "../dialect/entra-token.ts"
import type { DiscoveredTargets } from "../dialect/discovery.ts"
import type { DialectName } from "../dialect/dialect.ts"
import type { Application } from "../directory/applications.ts"
import type { Tenant } from "../directory/tenant-interface.ts"
import type { AuditEntry } from "../log/audit.ts"
import type { ProvisioningLogEntry } from "../log/entry.ts"
import type { LogPage, LogPageOptions } from "../log/query.ts"
import type { LogQuery } from "../log/store.ts"
import type { ObjectType, ProvisioningMappings } from "../mapping/model.ts"
import type { Escrow } from "./escrow.ts"
import type { Notification } from "./notification.ts"
import type { OnDemandResult } from "./on-demand-answer.ts"
import type { OnDemandSubject } from "./on-demand-subject.ts"
import type { ManualReason, Quarantine } from "./quarantine.ts"
import type { ResetFlag } from "./reset.ts"
import type { SynchronizationSecret } from "./secrets.ts"
import type { GivenSettings } from "./settings.ts"
import type { ScheduleState, StatusCode } from "./state.ts"
import type { Link } from "./store.ts"
import type { CycleSummary } from "./summary.ts"

export type ProvisioningJobOptions = JobParts & GivenCredentials

interface JobParts {
  readonly tenant: Tenant
  readonly application: Application
  readonly transport: Transport
  readonly clock: Scheduler
  readonly random: Random
  readonly ids: IdSource
  /** The Tenant URL: `https://example.com/scim/v2`. */
  readonly baseUrl: string
  /** What the tenant signs its own tokens with, where the credentials ask for one: an empty token, or federated ones. */
  readonly signingKey?: SigningKey
  /** Default: as the Tenant URL's flag says (WIRE-004). */
  readonly dialect?: DialectName
  /** Default: those of a new non-gallery application. */
  readonly mappings?: ProvisioningMappings
  readonly settings?: GivenSettings
  /** Where the job keeps its state: a file of its own, or ":memory:" (default). */
  readonly db?: string
  /**
   * Reopens the job of this id that `db` holds: links, escrows, watermark, log and state. An active one goes on when its next
   * cycle is due, or at once where a cycle broke off. Credentials, mappings and settings are given anew.
   */
  readonly id?: string
}

/** The secret token, sent as it is (WIRE-021), or empty (ENG-CRED-02); or any other credentials. */
type GivenCredentials =
  | { readonly token: string; readonly credentials?: never }
  | { readonly credentials: Credentials; readonly token?: never }

/** New credentials, or a new Tenant URL, or both; what is left out stays. */
export type CredentialChanges = { readonly baseUrl?: string } & (
  | { readonly token?: string; readonly credentials?: never }
  | { readonly credentials?: Credentials; readonly token?: never }
)

/** What the connection test found. */
export type ConnectionTest =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** Where the job stands, in short; `status()` says it in Graph's words. */
export interface JobCondition {
  readonly schedule: ScheduleState
  readonly code: StatusCode
  readonly quarantine: Quarantine | null
}

export interface ProvisioningJob {
  /** `scim.<tenant>.<guid>` (ENG-JOB-07). */
  readonly id: string
  readonly dialect: DialectName
  /**
   * Starts or resumes, and clears a quarantine; resolves when the first cycle has ended, which is an initial one unless one has
   * been completed before. A job that runs in good health is left alone (ENG-JOB-03).
   */
  start(): Promise<void>
  /** Stops after the running cycle; everything is kept (ENG-JOB-04, ENG-CYCLE-10). */
  pause(): void
  /** Resets what the flags say, by default what the portal's *Restart provisioning* does, and runs a cycle (ENG-RESTART-01). */
  restart(flags?: readonly ResetFlag[]): Promise<void>
  /** Runs one cycle now, whatever the schedule says; the schedule goes on from here. Ours: the product has no such thing. */
  runCycle(): Promise<CycleSummary>
  /**
   * Provisions one user, or one group with up to five of its members, at once and whatever the schedule says (ENG-POD-01 to
   * -08). Waits for a running cycle. A target that fails is a result, not an error.
   *
   * @throws JobError for a subject that can't be provisioned on demand, more than 5 calls in 10 seconds, or a job with OAuth
   *   credentials that runs
   */
  provisionOnDemand(subject: OnDemandSubject): Promise<OnDemandResult>
  /**
   * Quarantines the job by hand, as Microsoft may (table 16.1, documented). Throws {@link JobError} for a job that does not run, or
   * while a cycle runs.
   */
  quarantine(reason?: ManualReason): void
  condition(): JobCondition
  status(): SynchronizationStatus
  schedule(): SynchronizationSchedule
  links(): readonly Link[]
  /** The link of one source object, by its id. */
  link(objectType: ObjectType, sourceId: string): Link | null
  /** Deletes one object connection. Throws {@link JobError} unless the job is paused or disabled (ENG-MATCH-07). */
  removeLink(objectType: ObjectType, sourceId: string): void
  escrows(): readonly Escrow[]
  /** Entries of the provisioning log, the oldest first. */
  log(query?: LogQuery): readonly ProvisioningLogEntry[]
  /** The log as Graph lists it, by its query options (ENG-LOG-10). Throws LogQueryError. */
  queryLog(options?: LogPageOptions): LogPage
  /** What happened to the job and what it did, as the directory's audit log shows it (ENG-JOB-10, ENG-QUAR-12). */
  audit(): readonly AuditEntry[]
  /** The e-mails that were sent about it (ENG-QUAR-11). */
  notifications(): readonly Notification[]
  cycles(): readonly CycleSummary[]
  /**
   * Used from the next request on, untested, as Graph's secrets are; a quarantine stays until the next attempt or start (engine
   * §17.17, inferred). Throws TenantUrlError, CredentialsError.
   */
  updateCredentials(changes: CredentialChanges): void
  /**
   * As Graph's `PUT …/synchronization/secrets`: address, credentials and the settings kept there are replaced as a whole, untested
   * (ENG-CRED-01, documented). Throws SecretsError, TenantUrlError, CredentialsError.
   */
  replaceSecrets(secrets: readonly SynchronizationSecret[]): void
  /** As the portal's Save: tested first, and kept as they were where the test fails (ENG-CRED-04, documented). */
  saveCredentials(changes: CredentialChanges): Promise<ConnectionTest>
  /** The next cycle is an initial one and follows at once; links are kept (ENG-CYCLE-12). Throws MappingError where a save would. */
  updateMappings(mappings: ProvisioningMappings): void
  /**
   * The mappings and scoping filters of a new application again (ENG-MAP-10, documented). Microsoft advises to stop the job first:
   * a running one begins an initial cycle at once.
   */
  restoreDefaultMappings(): void
  /** Applies to objects evaluated from now on; what is linked is not looked at again before a restart (ENG-SCOPE-12). */
  updateSettings(settings: GivenSettings): void
  testConnection(): Promise<ConnectionTest>
  /**
   * As opening the provisioning page: a gallery application with discovery is asked for its schemas, as it is when its
   * configuration is saved (WIRE-065, documented). Any other application is sent nothing.
   */
  openConfiguration(): Promise<void>
  /** What discovery has added to the attribute list so far: targets of mappings (MAP-408). */
  discoveredTargets(): DiscoveredTargets
  /** Stops and lets go of the database. A cycle that is running must have ended. */
  close(): void
  /** Deletes the job with all its state; the target is left as it is (ENG-JOB-05). It can't be used afterwards. */
  delete(): void
}
