/**
 * A run: is there something to test, what does it say about itself, then every chosen case, and what they found in the
 * order of the registry, whoever came first.
 */
import { toRfc3339 } from "../protocol/index.ts"
import type { CaseResult, Dialect, Report } from "../reports/index.ts"
import type { Adopted } from "./adoption.ts"
import { startCaseThread, type CaseThread } from "./case-threads.ts"
import { compareCapabilities } from "./capabilities.ts"
import type { RunSettings } from "./case-desk.ts"
import type { Case } from "./define.ts"
import { openRun, type OpenOptions } from "./open-run.ts"
import { INTERRUPTED_REASON, runCase, skippedCase, type CaseOutcome } from "./run-case.ts"
import { DIALECTS, planCases, selectCases, type PlannedCase, type Selection } from "./select.ts"

export type RunEvent =
  | {
      /** The target can be tested, and nothing has been written yet. */
      readonly type: "run-started"
      readonly runId: string
      readonly keys: readonly string[]
      /** What was there before and will be written to, because the user asked to adopt it. */
      readonly adopted: readonly Adopted[]
    }
  | { readonly type: "case-started"; readonly key: string }
  | { readonly type: "case-finished"; readonly result: CaseResult }

export interface RunOptions extends OpenOptions {
  /** The catalogue, in the order of results. */
  readonly cases: readonly Case[]
  readonly selection?: Selection
  /**
   * How many cases run at a time; changes no case's requests. Default 1 on the embedded target, otherwise 4; always 1 where
   * existing accounts are adopted on a shared endpoint, since two cases would write to the same ones.
   */
  readonly concurrency?: number
  /**
   * How many threads beside this one play cases, where the target is embedded, `cases` is the package's own catalogue and there
   * are many to play; changes no case's requests. Default none.
   */
  readonly threads?: number
  /** Starts no further case once one has failed. */
  readonly bail?: boolean
  /** The run goes on once what this returns is settled. */
  readonly onEvent?: (event: RunEvent) => unknown
}

/** What a run recorded: with tool, machine and command it makes a report. */
export interface RunResult extends Pick<
  Report,
  "target" | "cases" | "exchanges" | "cycles" | "provisioningLogs" | "leftovers"
> {
  readonly run: Omit<Report["run"], "command">
  readonly notRun: NonNullable<Report["notRun"]>
}

/**
 * Runs the chosen cases. One that is interrupted gives a result all the same, in which whatever had not run is skipped.
 * @throws UsageError for a choice that makes no sense, EnvironmentError when the target cannot be tested.
 */
export async function runCases(options: RunOptions): Promise<RunResult> {
  const { cases, clock, seed, selection = {}, onEvent = () => {} } = options
  const planned = selectCases(cases, selection)
  const startedMs = clock.now()
  const run = await openRun(options)
  const threads = startThreads(planned, options)
  try {
    const { runId } = run.settings
    await onEvent({ type: "run-started", runId, keys: planned.map(({ key }) => key), adopted: run.adopted })
    const outcomes = await runAll(planned, run.settings, { ...options, onEvent, threads })
    const exchanges = [...run.exchanges, ...outcomes.flatMap((outcome) => outcome.exchanges)]
    return {
      run: {
        id: run.settings.runId,
        seed,
        startedAt: toRfc3339(startedMs),
        durationMs: clock.now() - startedMs,
        virtualDurationMs: sum(outcomes.map(({ result }) => result.virtualDurationMs ?? 0)),
        dialects: [...chosenDialects(selection)],
        requests: exchanges.length,
        ...(run.settings.signal.aborted && { interrupted: true }),
      },
      target: {
        url: run.settings.session.url,
        kind: run.settings.session.kind,
        capabilities: compareCapabilities(
          run.settings.capabilities,
          outcomes.map(({ result: { status } }, index) => ({ status, needs: planned[index]?.case.needs ?? [] })),
        ),
      },
      cases: outcomes.map(({ result }) => result),
      notRun: leftOut(cases, planned),
      exchanges,
      cycles: outcomes.flatMap(({ cycles }) => cycles),
      provisioningLogs: outcomes.flatMap(({ provisioningLogs }) => provisioningLogs),
      leftovers: outcomes.flatMap(({ leftovers }) => leftovers),
    }
  } finally {
    await Promise.all([run.close(), ...threads.map((thread) => thread.close())])
  }
}

/** Fewer cases are over before a thread has loaded them. */
const CASES_A_THREAD = 60
/** Cases that wait in a thread, so that it has something to do while this one is busy. */
const CASES_AHEAD = 3

function startThreads(planned: readonly PlannedCase[], options: RunOptions): readonly CaseThread[] {
  const { target, threads = 0, selection = {}, seed, mappings, directory, repeatArguments } = options
  if (target.kind !== "embedded") return []
  const setup = {
    target,
    seed,
    dialects: chosenDialects(selection),
    ...(mappings !== undefined && { mappings }),
    ...(directory !== undefined && { directory }),
    ...(repeatArguments !== undefined && { repeatArguments }),
  }
  const signal = options.signal ?? new AbortController().signal
  const length = Math.min(threads, Math.floor(planned.length / CASES_A_THREAD))
  return Array.from({ length }, () => startCaseThread(setup, signal))
}

/**
 * How many requests the chosen cases send, measured on the embedded target: what to expect before going to another server.
 * Clean-up comes on top there, about one request per resource.
 */
export async function countRequests(
  options: Pick<RunOptions, "cases" | "selection" | "seed" | "clock" | "mappings" | "directory" | "signal">,
): Promise<number> {
  const { run } = await runCases({ ...options, target: { kind: "embedded" } })
  return run.requests
}

const SHARED_CONCURRENCY = 4

/** Runs all, several at a time; the outcomes stand in the order of the plan. */
async function runAll(
  planned: readonly PlannedCase[],
  settings: RunSettings,
  {
    bail = false,
    concurrency,
    onEvent,
    threads,
  }: Pick<RunOptions, "bail" | "concurrency"> &
    Required<Pick<RunOptions, "onEvent">> & { readonly threads: readonly CaseThread[] },
): Promise<CaseOutcome[]> {
  const outcomes: CaseOutcome[] = []
  let bailedAfter: string | undefined
  const queue = planned.entries()

  async function work(thread?: CaseThread): Promise<void> {
    for (const [index, item] of queue) {
      const outcome = await runUnlessStopped(item, thread)
      outcomes[index] = outcome
      if (bail && outcome.result.status === "failed") bailedAfter ??= item.key
      await onEvent({ type: "case-finished", result: outcome.result })
    }
  }

  async function runUnlessStopped(item: PlannedCase, thread?: CaseThread): Promise<CaseOutcome> {
    if (settings.signal.aborted) return skip(item, INTERRUPTED_REASON)
    if (bailedAfter !== undefined) return skip(item, `--bail stopped the run after ${bailedAfter} failed`)
    await onEvent({ type: "case-started", key: item.key })
    return thread === undefined ? runCase(item, settings) : thread.play(item.key)
  }

  function skip(item: PlannedCase, reason: string): CaseOutcome {
    return skippedCase(item, settings, { reason, doesNotApply: false })
  }

  const { isShared } = settings.session
  const isAlone = isShared && settings.directory?.adoptExisting === true
  const workers = isAlone ? 1 : (concurrency ?? (isShared ? SHARED_CONCURRENCY : 1))
  const ahead = threads.flatMap((thread) => Array.from({ length: CASES_AHEAD }, () => work(thread)))
  await Promise.all([...ahead, ...Array.from({ length: workers }, () => work())])
  return outcomes
}

/** What the selection left out of the catalogue: verdicts must not overstate. */
function leftOut(cases: readonly Case[], planned: readonly PlannedCase[]): RunResult["notRun"] {
  const chosen = new Set(planned.map(({ key }) => key))
  return planCases(cases)
    .filter(({ key }) => !chosen.has(key))
    .map(({ key, clients, case: { title, suite, requirement } }) => ({
      key,
      title,
      suite,
      clients: [...clients],
      requirement,
      reason: "this run was limited to a selection",
    }))
}

function chosenDialects({ dialects }: Selection): readonly Dialect[] {
  return dialects !== undefined && dialects.length > 0 ? dialects : DIALECTS
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
