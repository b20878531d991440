/**
 * The package's public API: the parts that the command line is made of. Everything takes its clock, chance, storage and
 * transport as parameters; nothing here listens, prints or exits.
 */

// The reference target
export {
  createTarget,
  defects,
  readSchemas,
  SchemaFileError,
  type Catalogue,
  type Defect,
  type Limits,
  type Target,
  type TargetOptions,
} from "./target/index.ts"

// Time, chance, and ways to a target
export {
  createIdSource,
  createRandom,
  handlerTransport,
  socketTransport,
  SystemClock,
  systemIds,
  VirtualClock,
  withFaults,
} from "./simulator/index.ts"
export type { Clock, HttpRequest, HttpResponse, IdSource, Random, Scheduler, Transport } from "./protocol/index.ts"
export { TransportError } from "./protocol/index.ts"

// Entra's side: a tenant, what is mapped, and the provisioning job
export {
  createProvisioningJob,
  createTenant,
  defaultMappings,
  loadDirectory,
  parseMappings,
  readDirectoryFile,
  saveMappings,
  type ProvisioningJob,
  type ProvisioningJobOptions,
  type ProvisioningMappings,
  type Tenant,
  type TenantOptions,
} from "./simulator/index.ts"

// Cases and runs
export {
  ALL_CASES,
  check,
  runCases,
  scenario,
  type Case,
  type Check,
  type RunOptions,
  type RunResult,
  type Scenario,
  type Selection,
  type TargetSource,
} from "./scenarios/index.ts"

// Results
export {
  buildReport,
  parseReport,
  rendererNames,
  renderReport,
  reportSchema,
  type Report,
  type ReportInput,
} from "./reports/index.ts"

/** What `scimulate.config.ts` may export: `export default { … } satisfies Config`. */
export type { ConfigInput as Config } from "./cli/options.ts"
