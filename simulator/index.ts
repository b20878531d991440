/** The public face of simulator/: time and chance, transports, the directory, mappings, and the provisioning job. */

// Time and chance
export { holdTime, toMs, VirtualClock, type Duration } from "./clock.ts"
export { createIdSource, createRandom, systemIds, systemOrderedIds, systemSeed } from "./random.ts"
export { SystemClock } from "./system-clock.ts"

// Transports
export {
  afterRequests,
  answerHtml,
  answerWith,
  breakConnection,
  duringTime,
  firstRequests,
  loseAnswer,
  refuseCredentials,
  slowDown,
  timeOut,
  truncateAnswer,
  type AnswerOptions,
  type Fault,
} from "./transport/fault-kinds.ts"
export { withFaults, type FaultOptions } from "./transport/faults.ts"
export { handlerTransport, type FetchHandler, type HandlerTransportOptions } from "./transport/handler.ts"
export { socketTransport, type SocketTransport, type SocketTransportOptions } from "./transport/socket.ts"

// The directory
export { type Application } from "./directory/applications.ts"
export { type AppRole, type Assignment } from "./directory/assignments.ts"
export { type GroupChanges, type UserChanges } from "./directory/attributes.ts"
export { DirectoryError, type DirectoryErrorCode } from "./directory/directory-error.ts"
export { type Domain } from "./directory/domains.ts"
export { type PeopleOptions } from "./directory/generator.ts"
export {
  loadDirectory,
  type DirectoryContents,
  type ImportedGroup,
  type ImportedUser,
} from "./directory/importers/contents.ts"
export { DirectoryFileError, type Place } from "./directory/importers/directory-file-error.ts"
export { parseGraphJson } from "./directory/importers/graph-json.ts"
export { readDirectoryFile } from "./directory/importers/read-directory-file.ts"
export { parseUsersCsv } from "./directory/importers/users-csv.ts"
export { type Member } from "./directory/memberships.ts"
export {
  type ChangeKind,
  type Group,
  type GroupRef,
  type MemberChange,
  type NewGroup,
  type NewUser,
  type ObjectChange,
  type User,
  type UserRef,
} from "./directory/model.ts"
export { type PopulationOptions } from "./directory/population.ts"
export {
  isSourceAttribute,
  sourceAttributes,
  toSourceObject,
  type SourceObjectOptions,
} from "./directory/source-object.ts"
export { createTenant } from "./directory/tenant.ts"
export type { Tenant, TenantOptions } from "./directory/tenant-interface.ts"

// Mappings and expressions
export { defaultMappings, exampleMappings } from "./mapping/defaults.ts"
export { ExpressionEvaluationError, ExpressionSyntaxError } from "./mapping/expression/errors.ts"
export { evaluateExpression, type EvaluationResult } from "./mapping/expression/evaluate.ts"
export { parseExpression } from "./mapping/expression/parser.ts"
export { roleElements } from "./mapping/functions/app-roles.ts"
export {
  type AppRoleAssignment,
  type EvaluationContext,
  type EvaluationSwitches,
} from "./mapping/functions/definition.ts"
export {
  type AttributeMapping,
  type MappedValue,
  type ObjectMapping,
  type ObjectType,
  type ProvisioningMappings,
  type ScopingFilter,
  type SourceObject,
} from "./mapping/model.ts"
export { MappingError, type MappingProblem } from "./mapping/problem.ts"
export { addTargets } from "./mapping/schema-json/add-targets.ts"
export { parseMappings, type LoadedSchema } from "./mapping/schema-json/load.ts"
export { saveMappings } from "./mapping/schema-json/save.ts"
export {
  type ExpressionTry,
  filterOperators,
  mappingFunctions,
  tryExpression,
} from "./mapping/schema-json/schema-services.ts"
export { validateMappings } from "./mapping/validate.ts"

// The provisioning job
export { type Escrow } from "./cycle/escrow.ts"
export { type CycleCounts, type CycleKind } from "./cycle/context.ts"
export { createProvisioningJob } from "./cycle/job.ts"
export { JobError, type JobErrorCode } from "./cycle/job-error.ts"
export {
  type ConnectionTest,
  type CredentialChanges,
  type JobCondition,
  type ProvisioningJob,
  type ProvisioningJobOptions,
} from "./cycle/job-interface.ts"
export { type Notification } from "./cycle/notification.ts"
export {
  type OnDemandForm,
  type OnDemandRecord,
  type OnDemandResult,
  type OnDemandStatus,
  type OnDemandStep,
} from "./cycle/on-demand-answer.ts"
export { type OnDemandSubject } from "./cycle/on-demand-subject.ts"
export { type Quarantine, type QuarantineReason } from "./cycle/quarantine.ts"
export { type ResetFlag } from "./cycle/reset.ts"
export { SecretsError, type SynchronizationSecret } from "./cycle/secrets.ts"
export { DEFAULT_SETTINGS, type GivenSettings, type JobSettings } from "./cycle/settings.ts"
export { type Link, type LinkState } from "./cycle/store.ts"
export { type CycleSummary } from "./cycle/summary.ts"
export {
  type BearerCredentials,
  type Credentials,
  CredentialsError,
  type EntraIssuedCredentials,
  type FederatedCredentials,
  type OAuthCredentials,
} from "./dialect/credentials.ts"
export {
  assertionIssuer,
  entraTokenIssuer,
  NON_GALLERY_TEMPLATE_ID,
  publicKeys,
  type SigningKey,
  systemSigningKey,
} from "./dialect/entra-token.ts"
export { type DiscoveredTargets } from "./dialect/discovery.ts"
export { type DialectName } from "./dialect/dialect.ts"
export { DEFAULT_WIRE_OPTIONS, type WireOptions } from "./dialect/options.ts"
export { parseTenantUrl, TenantUrlError } from "./dialect/send.ts"
export { type AuditEntry } from "./log/audit.ts"
export { type LogCsv, toLogCsv } from "./log/csv.ts"
export { type ProvisioningLogEntry } from "./log/entry.ts"
export { type LogPage, type LogPageOptions, queryLog } from "./log/query.ts"
export { LogQueryError } from "./log/query-error.ts"
export { type LogQuery } from "./log/store.ts"
