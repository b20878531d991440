/** One load from plan to result: k6 sends it, the end state is read and compared, and on somebody else's endpoint all is removed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Scheduler, toRfc3339, type Transport } from "../protocol/index.ts"
import type { CaseResult, Exchange, Load } from "../reports/index.ts"
import type { Profile } from "./catalogue.ts"
import type { LoadPlan } from "./plan/plan.ts"
import { runK6 } from "./run-k6.ts"
import { removeFound } from "./verdict/clean-up.ts"
import { compareEndState } from "./verdict/compare-end-state.ts"
import type { JudgedTenant } from "./verdict/end-state-cases.ts"
import type { JournalLine } from "./verdict/journal-lines.ts"
import { readJournals } from "./verdict/journal.ts"
import { judgeLoad } from "./verdict/judge.ts"
import { Measurement } from "./verdict/measure.ts"
import { type EndpointReader, readEndState } from "./verdict/read-end-state.ts"
import type { Thresholds } from "./verdict/thresholds.ts"
import { assertWholeJournals } from "./verdict/whole-journals.ts"

export interface LoadOptions {
  readonly plan: LoadPlan
  /** With the numbers that hold for this run. */
  readonly profile: Profile
  readonly source: LoadSource
  readonly endpoint: LoadEndpoint
  readonly thresholds: Thresholds
  readonly clock: Scheduler
  /** The command that repeats the load. */
  readonly repeat: string
  /** Where k6 writes its own summary. */
  readonly summaryFile?: string
  /** Leaves what the load created in place. */
  readonly keeps: boolean
  /** Ends the load; what was measured until then is reported. */
  readonly signal: AbortSignal
  /** Hears of the load as it goes on. */
  readonly onProgress?: (measurement: Measurement, stage: Stage) => void
}

/** k6 on this machine, or what k6 wrote on others, of a load split into so many parts (virtual users). */
export type LoadSource =
  | { readonly kind: "k6"; readonly path: string; readonly version: string }
  | { readonly kind: "journals"; readonly files: readonly string[]; readonly parts: number }

export type Stage = "load" | "end state" | "clean-up"

export interface LoadEndpoint {
  /** One for all tenants, or one each. Without a slash at the end. */
  readonly urls: readonly string[]
  /** Credentials and the like, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Bearer tokens, one for each tenant, where they have not the same one. */
  readonly tokens?: readonly string[]
  /** Reaches the endpoint after the load. */
  readonly transport: Transport
  readonly allowsWrites: boolean
  readonly insecure: boolean
  /** File with the certificate authority to trust. */
  readonly caFile?: string
  /** Takes secrets out of what is quoted. */
  readonly redact: (text: string) => string
}

export interface LoadResult {
  readonly startedAt: string
  readonly durationMs: number
  readonly isInterrupted: boolean
  readonly requests: number
  readonly cases: readonly CaseResult[]
  readonly exchanges: readonly Exchange[]
  readonly load: Load
  readonly leftovers: readonly string[]
}

/**
 * Runs the load.
 *
 * @throws EnvironmentError where k6 cannot be started; Error with k6's last words where a profile itself fails.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { plan, profile, source, endpoint, thresholds, clock, repeat, keeps, signal } = options
  const startedMs = clock.now()
  const measurement = new Measurement()
  const parts = source.kind === "k6" ? plan.tenants.length : source.parts
  await measure(options, measurement).catch(async (error: unknown) => {
    // What was sent elsewhere stays until it is judged: a journal may only be missing here.
    if (!keeps && source.kind === "k6") await removeAll(await readTenants(options, measurement, true))
    throw error
  })
  const isInterrupted = signal.aborted
  const isWhole = !isInterrupted && measurement.unsent === 0 && measurement.done === parts
  const tenants = isInterrupted && keeps ? [] : await readTenants(options, measurement, isInterrupted)
  if (!keeps) options.onProgress?.(measurement, "clean-up")
  const leftovers = keeps ? [] : await removeAll(tenants)
  const judged = judgeLoad({
    plan,
    profile,
    measurement,
    parts,
    thresholds,
    endState: isWhole ? tenants.map(({ judged: tenant }) => tenant) : null,
    frame: { startedAt: toRfc3339(startedMs), durationMs: clock.now() - startedMs, repeat },
    isInterrupted,
    k6: source.kind === "k6" ? source.version : `elsewhere (${parts} parts)`,
    redact: endpoint.redact,
  })
  return {
    ...judged,
    startedAt: toRfc3339(startedMs),
    durationMs: clock.now() - startedMs,
    isInterrupted,
    requests: judged.load.prepared + judged.load.requests + judged.load.throttled,
    leftovers,
  }
}

async function measure(options: LoadOptions, measurement: Measurement): Promise<void> {
  const { source, onProgress } = options
  const onLine = (line: JournalLine): void => {
    measurement.add(line)
    onProgress?.(measurement, "load")
  }
  if (source.kind === "k6") await sendPlan(options, source.path, onLine)
  else {
    await readJournals(source.files, onLine)
    assertWholeJournals({ ...options, measurement, parts: source.parts })
  }
}

async function sendPlan(options: LoadOptions, k6: string, onLine: (line: JournalLine) => void): Promise<void> {
  const { plan, profile, summaryFile, signal } = options
  const folder = mkdtempSync(join(tmpdir(), "scimulate-load-"))
  try {
    const planFile = join(folder, "plan.json")
    writeFileSync(planFile, JSON.stringify(plan))
    await runK6({
      k6,
      profile: profile.name,
      environment: environmentOf(options, planFile),
      ...(summaryFile !== undefined && { summaryFile }),
      signal,
      onLine,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the profiles read (profiles/engine/settings.ts); secrets go this way and never on a command line. */
function environmentOf({ profile, endpoint, thresholds }: LoadOptions, planFile: string): Record<string, string> {
  const { urls, headers, tokens, allowsWrites, insecure, caFile } = endpoint
  return {
    SCIMULATE_URL: urls.join(","),
    SCIMULATE_HEADERS: JSON.stringify(headers),
    SCIMULATE_TOKEN: tokens?.join(",") ?? "",
    SCIMULATE_PLAN: planFile,
    SCIMULATE_IN_FLIGHT: String(profile.inFlight),
    SCIMULATE_RATE: profile.rate === null ? "" : String(profile.rate),
    SCIMULATE_DURATION: profile.durationS === null ? "" : String(profile.durationS),
    SCIMULATE_P95: String(thresholds.limitsOf("read-user").p95Ms),
    SCIMULATE_JOURNAL: "1",
    ...(allowsWrites && { SCIMULATE_ALLOW_WRITES: "1" }),
    ...(insecure && { K6_INSECURE_SKIP_TLS_VERIFY: "true" }),
    // Where Go looks for authorities.
    ...(caFile !== undefined && { SSL_CERT_FILE: caFile }),
  }
}

/** Gives what could not be removed. */
async function removeAll(tenants: readonly ReadTenant[]): Promise<string[]> {
  const leftovers: string[] = []
  for (const { found, reader } of tenants) leftovers.push(...(await removeFound(found, reader)))
  return leftovers
}

interface ReadTenant {
  readonly judged: JudgedTenant
  readonly found: Awaited<ReturnType<typeof readEndState>>["found"]
  readonly reader: EndpointReader
}

/** An interrupted load has no planned end, but whatever is there of it can still be removed. */
async function readTenants(
  { plan, endpoint, clock, signal, onProgress }: LoadOptions,
  measurement: Measurement,
  isInterrupted: boolean,
): Promise<ReadTenant[]> {
  onProgress?.(measurement, "end state")
  const read: ReadTenant[] = []
  for (const [index, tenant] of plan.tenants.entries()) {
    const baseUrl = endpoint.urls[index % endpoint.urls.length] ?? ""
    const token = endpoint.tokens?.[index % endpoint.tokens.length]
    const headers = { ...endpoint.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) }
    const reader = { transport: endpoint.transport, baseUrl, headers, clock }
    const { found, problems } = await readEndState(tenant, reader, isInterrupted ? undefined : signal)
    const missed = measurement.missed.flatMap((line) => (line.tenant === index ? [line.objects] : []))
    const comparison = compareEndState(tenant.endState, found, missed)
    read.push({ judged: { name: tenant.name, comparison, problems }, found, reader })
  }
  return read
}
