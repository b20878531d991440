/** One run from options to exit code: choose, connect, run, judge, write. */
import { availableParallelism } from "node:os"
import { buildReport, rendererNames, renderReport, type Report } from "../../reports/index.ts"
import {
  ALL_CASES,
  countRequests,
  runCases,
  type RunResult,
  type Selection,
  type TargetSource,
} from "../../scenarios/index.ts"
import { SystemClock, systemSeed } from "../../simulator/index.ts"
import { EXIT_CODES, exitCodeOfReport, type ExitCode } from "../exit-code.ts"
import { readRunOptions } from "../flags.ts"
import type { RunOptions } from "../options.ts"
import { createProgress, type Progress } from "../progress.ts"
import { assertReportersWritable, parseReporters, writeReports } from "../reporters.ts"
import type { Session } from "../session.ts"
import type { Terminal } from "../terminal.ts"
import { describeAdoption } from "./adoption.ts"
import { openBaseline, type BaselineFile } from "./baseline-file.ts"
import { readInput, type RunInput } from "./input.ts"
import { listCases } from "./list.ts"
import { describeMachine } from "./machine.ts"
import { recordedCommand } from "./recorded-command.ts"
import { repeatArguments } from "./repeat-arguments.ts"
import { toSelection } from "./selection.ts"
import { toTargetSource } from "./target-source.ts"

/** Cases of the embedded target are the same for everybody unless told otherwise (design.md, Commands). */
const EMBEDDED_SEED = 1

/** Everything decided before the first request. */
interface Plan {
  readonly options: RunOptions
  readonly selection: Selection
  readonly input: RunInput
  readonly target: TargetSource
  readonly seed: number
}

/**
 * Runs what the flags and the configuration ask for, writes the reports, and gives the exit code.
 *
 * @throws UsageError, and EnvironmentError of scenarios/ where the target cannot be tested.
 */
export async function run(session: Session, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const options = await readRunOptions(session.folder, flags)
  const selection = toSelection(options)
  if (options.list === true) {
    session.terminal.print(listCases(selection))
    return EXIT_CODES.passed
  }
  const reporters = parseReporters(options.reporter ?? ["console"], rendererNames, session.folder)
  await assertReportersWritable(reporters)
  const baseline = await openBaseline(options, session.folder)
  const input = await readInput(options, session)
  const target = await toTargetSource(options, session)
  const seed = options.seed ?? (target.kind === "embedded" ? EMBEDDED_SEED : systemSeed())

  const result = await runPlan(session, { options, selection, input, target, seed })
  const report = judge(result, options, session, baseline)
  await writeReports(reporters, (name, rendering) => renderReport(name, report, rendering), session.terminal)
  const note = await baseline.update(report)
  if (note !== undefined) session.terminal.note(note)
  return exitCodeOf(report, options)
}

async function runPlan(session: Session, { options, selection, input, target, seed }: Plan): Promise<RunResult> {
  const { terminal } = session
  const clock = new SystemClock()
  const stopping = new AbortController()
  const ignoreInterrupts = session.onInterrupt(() => {
    terminal.note("\nInterrupted: cleaning up. Once more ends at once and leaves what was created.\n")
    stopping.abort()
  })
  const planned = { cases: ALL_CASES, selection, seed, clock, ...input, signal: stopping.signal }
  let progress: Progress | undefined
  try {
    return await runCases({
      ...planned,
      target,
      repeatArguments: repeatArguments(options),
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
      threads: threadsFor(options),
      ...(options.bail !== undefined && { bail: options.bail }),
      ...(options.keep !== undefined && { keep: options.keep }),
      async onEvent(event) {
        if (event.type === "run-started") {
          await announce(terminal, target, planned)
          if (input.directory?.adoptExisting === true) terminal.note(describeAdoption(event.adopted))
          progress = createProgress(terminal, clock, event.keys.length)
        } else if (event.type === "case-started") progress?.started(event.key)
        else progress?.finished(event.result.key, event.result.status)
      },
    })
  } finally {
    progress?.close()
    ignoreInterrupts()
  }
}

/** Threads beside this one: they gain little beyond a few, and whoever says how cases go side by side has said it. */
const THREADS_MAX = 3

function threadsFor({ concurrency, bail = false }: RunOptions): number {
  return concurrency !== undefined || bail ? 0 : Math.min(THREADS_MAX, availableParallelism() - 1)
}

/** Says what is about to be sent to somebody's server, once it is known to be one. */
async function announce(
  terminal: Terminal,
  target: TargetSource,
  planned: Parameters<typeof countRequests>[0] & { readonly signal: AbortSignal },
): Promise<void> {
  if (target.kind !== "external" || planned.signal.aborted) return
  const requests = await countRequests(planned)
  if (planned.signal.aborted) return
  terminal.note(
    `About ${requests} requests to ${target.url} (seed ${planned.seed}). Cases create people and groups there, and remove them.\n`,
  )
}

function judge(
  { run, cases, ...result }: RunResult,
  options: RunOptions,
  { args, version }: Session,
  baseline: BaselineFile,
): Report {
  const report = buildReport({
    ...result,
    ...baseline.compare(cases),
    tool: { name: "scimulate", version },
    machine: describeMachine(),
    run: { ...run, command: recordedCommand(args) },
    ...(options.evidence !== undefined && { evidence: options.evidence }),
  })
  return { ...report, run: { ...report.run, exitCode: exitCodeOf(report, options) } }
}

function exitCodeOf(report: Report, { updateBaseline = false }: RunOptions): ExitCode {
  return exitCodeOfReport(report, { shrinks: updateBaseline })
}
