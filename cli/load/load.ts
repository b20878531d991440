/** One load from options to exit code: plan, connect, send, judge, write. */
import { resolve } from "node:path"
import {
  buildPlan,
  DEFAULT_THRESHOLDS,
  findK6,
  findProfile,
  lanesFor,
  type LoadPlan,
  type LoadResult,
  type LoadSource,
  parseThresholds,
  type Profile,
  PROFILES,
  runLoad,
  type Thresholds,
} from "../../load/index.ts"
import { buildReport, rendererNames, renderReport, type Report } from "../../reports/index.ts"
import { ALL_CASES, planCases, runIdOf } from "../../scenarios/index.ts"
import { SystemClock, systemSeed } from "../../simulator/index.ts"
import { UsageError } from "../errors.ts"
import { exitCodeOfReport, EXIT_CODES, type ExitCode } from "../exit-code.ts"
import { assertWritable, readTextFile, writeFileAtomically } from "../files.ts"
import { readLoadOptions } from "../flags.ts"
import type { LoadOptions } from "../options.ts"
import { assertReportersWritable, parseReporters, writeReports } from "../reporters.ts"
import { describeMachine } from "../run/machine.ts"
import type { Session } from "../session.ts"
import { suggestion } from "../suggest.ts"
import { assertForCluster, printManifests, RUNNERS } from "./cluster.ts"
import { repeatCommand } from "./repeat-command.ts"
import { createLoadProgress } from "./load-progress.ts"
import { openLoadTarget, type LoadTarget } from "./load-target.ts"

/** The embedded target is the same for everybody unless told otherwise (design.md, Commands). */
const EMBEDDED_SEED = 1

/**
 * Runs the load that the flags and the configuration ask for, writes the reports, and gives the exit code.
 *
 * @throws UsageError, and EnvironmentError where k6 is missing or the target cannot be tested.
 */
export async function load(
  session: Session,
  profileName: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const options = await readLoadOptions(session.folder, flags)
  const profile = chooseProfile(profileName, options)
  const reporters = parseReporters(options.reporter ?? ["console"], rendererNames, session.folder)
  await assertReportersWritable(reporters)
  const thresholds = await readThresholds(options, session)
  const seed = options.seed ?? (options.url === undefined ? EMBEDDED_SEED : systemSeed())
  if (options.writePlan !== undefined) {
    return await writePlan(resolve(session.folder, options.writePlan), profile, options, seed, session)
  }
  if (options.k8s === true) {
    assertForCluster(options)
    return printManifests(session, {
      options,
      profile,
      plan: await makePlan(profile, options, seed, session),
      thresholds,
    })
  }
  const summaryFile = options.summary === undefined ? undefined : resolve(session.folder, options.summary)
  if (summaryFile !== undefined) await assertWritable(summaryFile)
  const source = await chooseSource(options, profile, session)
  const target = await openLoadTarget(options, profile, session)
  try {
    const plan = await makePlan(profile, options, seed, session, target.hasGroups)
    if (source.kind === "k6") announce(target, plan, session)
    const result = await send(session, { options, profile, plan, target, thresholds, source, summaryFile })
    const report = toReport(result, { plan, target, options, session })
    await writeReports(reporters, (name, rendering) => renderReport(name, report, rendering), session.terminal)
    return exitCodeOfReport(report)
  } finally {
    await target.close()
  }
}

/** The profile with the numbers that hold for this run. */
function chooseProfile(name: string, options: LoadOptions): Profile {
  const profile = findProfile(name)
  if (profile === undefined) {
    throw new UsageError("USAGE_SELECTION", `there is no load profile "${name}"`, { hint: suggestion(name, PROFILES) })
  }
  if (options.tenants !== undefined && options.tenants > 1 && profile.tenants === 1 && profile.mode !== "once") {
    throw new UsageError(
      "USAGE_OPTION",
      `--tenants is for many-tenants, and loads that end by themselves; ${name} is about one`,
      {
        hint: `write scimulate load many-tenants … --tenants ${options.tenants}`,
      },
    )
  }
  return {
    ...profile,
    users: options.users ?? profile.users,
    tenants: options.tenants ?? profile.tenants,
    inFlight: options.vus ?? profile.inFlight,
    rate: options.rate ?? profile.rate,
    durationS: options.duration ?? profile.durationS,
  }
}

/** k6 on this machine, or the journals of what it did on others. */
async function chooseSource(options: LoadOptions, { tenants }: Profile, session: Session): Promise<LoadSource> {
  const { journal, runners, k6, url } = options
  if (journal === undefined) {
    const flag = k6 === undefined ? undefined : resolve(session.folder, k6)
    return { kind: "k6", ...(await findK6({ ...(flag !== undefined && { flag }), environment: session.env })) }
  }
  if (url === undefined || options.seed === undefined) {
    throw new UsageError("USAGE_OPTION", `--journal needs the ${url === undefined ? "URL" : "--seed"} of the load`, {
      hint: "scimulate load PROFILE URL --k8s has printed the whole command",
    })
  }
  const files = journal.map((file) => resolve(session.folder, file))
  return { kind: "journals", files, parts: tenants * lanesFor(tenants, runners ?? RUNNERS) }
}

async function readThresholds({ thresholds }: LoadOptions, { folder }: Session): Promise<Thresholds> {
  if (thresholds === undefined) return DEFAULT_THRESHOLDS
  const path = resolve(folder, thresholds)
  return parseThresholds(await readTextFile(path, "--thresholds"), path)
}

async function makePlan(
  { name, users, tenants }: Profile,
  { dialect = "entra" }: LoadOptions,
  seed: number,
  { terminal }: Session,
  groups = true,
): Promise<LoadPlan> {
  if (users * tenants > 2000) terminal.note(`Writing down what Entra sends for ${users * tenants} people …\n`)
  return await buildPlan({ profile: name, seed, runId: runIdOf(seed), dialect, users, tenants, groups })
}

async function writePlan(
  path: string,
  profile: Profile,
  options: LoadOptions,
  seed: number,
  session: Session,
): Promise<ExitCode> {
  await assertWritable(path)
  const plan = await makePlan(profile, options, seed, session)
  await writeFileAtomically(path, JSON.stringify(plan))
  session.terminal.note(`plan of ${countRequests(plan)} requests (seed ${seed}): ${path}\n`)
  return EXIT_CODES.passed
}

function countRequests({ chains }: LoadPlan): number {
  return chains.reduce((sum, { requests }) => sum + requests.length, 0)
}

/** Says what is about to be sent to somebody's server, once it is known to be one. */
function announce({ kind, url, keeps }: LoadTarget, plan: LoadPlan, { terminal }: Session): void {
  if (kind === "embedded") return
  const after = keeps ? "and leaves them there" : "and removes them again"
  terminal.note(
    `At least ${countRequests(plan)} requests to ${url} (seed ${plan.seed}). The load creates people and groups there, ${after}.\n`,
  )
}

interface Sending {
  readonly options: LoadOptions
  readonly profile: Profile
  readonly plan: LoadPlan
  readonly target: LoadTarget
  readonly thresholds: Thresholds
  readonly source: LoadSource
  readonly summaryFile: string | undefined
}

async function send(
  session: Session,
  { profile, plan, target, thresholds, source, summaryFile }: Sending,
): Promise<LoadResult> {
  const { terminal, args } = session
  const clock = new SystemClock()
  const stopping = new AbortController()
  const ignoreInterrupts = session.onInterrupt(() => {
    terminal.note("\nInterrupted: stopping k6 and cleaning up. Once more ends at once and leaves what was created.\n")
    stopping.abort()
  })
  const progress = createLoadProgress(terminal, clock, profile, plan)
  try {
    return await runLoad({
      plan,
      profile,
      source,
      endpoint: target.endpoint,
      thresholds,
      clock,
      repeat: repeatCommand(args, plan.seed),
      ...(summaryFile !== undefined && { summaryFile }),
      keeps: target.keeps,
      signal: stopping.signal,
      onProgress: progress.show,
    })
  } finally {
    progress.close()
    ignoreInterrupts()
  }
}

function toReport(
  { startedAt, durationMs, isInterrupted, requests, ...result }: LoadResult,
  { plan, target, session }: { plan: LoadPlan; target: LoadTarget; options: LoadOptions; session: Session },
): Report {
  const report = buildReport({
    tool: { name: "scimulate", version: session.version },
    machine: describeMachine(),
    run: {
      id: plan.runId,
      seed: plan.seed,
      startedAt,
      durationMs,
      virtualDurationMs: 0,
      dialects: [plan.dialect],
      requests,
      command: repeatCommand(session.args, plan.seed),
      ...(isInterrupted && { interrupted: true }),
    },
    target: { url: target.url, kind: target.kind, capabilities: [] },
    cases: [...result.cases],
    exchanges: [...result.exchanges],
    cycles: [],
    provisioningLogs: [],
    leftovers: [...result.leftovers],
    load: result.load,
    notRun: planCases(ALL_CASES).map(({ key, clients, case: { title, suite, requirement } }) => ({
      key,
      title,
      suite,
      clients: [...clients],
      requirement,
      reason: "this was a load; scimulate run tests it",
    })),
  })
  return { ...report, run: { ...report.run, exitCode: exitCodeOfReport(report) } }
}
