/** Runs one case and says how it ended. Whatever happens in it stays in it: a result is always given. */
import { statusOf, type CaseResult, type Cycle, type Exchange, type Requirement } from "../reports/index.ts"
import { obstacleOf, type Obstacle } from "./capabilities.ts"
import { createCaseDesk, type CaseDesk, type RunSettings } from "./case-desk.ts"
import { CaseSkipped, NoAnswer } from "./endings.ts"
import type { Endpoint } from "./endpoint.ts"
import { toFinding } from "./findings.ts"
import type { PlannedCase } from "./select.ts"
import { createWorld, type World } from "./world.ts"

/** All that one case adds to a run. */
export interface CaseOutcome {
  readonly result: CaseResult
  readonly exchanges: readonly Exchange[]
  readonly cycles: readonly Cycle[]
  readonly provisioningLogs: readonly Record<string, unknown>[]
  /** What could not be removed, one line each. */
  readonly leftovers: readonly string[]
}

export const INTERRUPTED_REASON = "the run was interrupted"

/** Runs a case against an endpoint of its own, or its share of a common one, and cleans up behind it. */
export async function runCase(planned: PlannedCase, settings: RunSettings): Promise<CaseOutcome> {
  const { session, capabilities } = settings
  const { kind, needs, requirement, strict = false } = planned.case
  const obstacle = obstacleOf(needs, capabilities, session.hasCredentials)
  if (obstacle !== undefined) return skippedCase(planned, settings, obstacle)

  const endpoint = session.open({
    key: planned.key,
    strict: strict && requirement.source === "rfc",
    movesTime: kind === "scenario",
  })
  try {
    return await runAt(endpoint, planned, settings)
  } finally {
    endpoint.close()
  }
}

/** The outcome of a case that was never begun. */
export function skippedCase(
  planned: PlannedCase,
  settings: RunSettings,
  { reason, doesNotApply }: Obstacle,
): CaseOutcome {
  const result: CaseResult = {
    ...describeCase(planned, settings),
    status: "skipped",
    ...(doesNotApply && { notApplicable: true }),
    durationMs: 0,
    steps: [],
    skipReason: reason,
    findings: [],
  }
  return { result, exchanges: [], cycles: [], provisioningLogs: [], leftovers: [] }
}

async function runAt(endpoint: Endpoint, planned: PlannedCase, settings: RunSettings): Promise<CaseOutcome> {
  const { clock, session, signal, keep } = settings
  const startedMs = clock.now()
  const desk = createCaseDesk(planned, endpoint, settings)
  let world: World | undefined
  const ending = await play(planned.case, desk, signal, () => {
    if (planned.case.kind === "check") return planned.case.run(desk.context)
    world = createWorld(planned.case, planned.key, desk, settings)
    return planned.case.run(world.context)
  })
  await desk.arrived()
  const leftovers = session.isShared && !keep ? await cleanUp(desk) : []
  const told = world?.close()
  const result: CaseResult = {
    ...describeCase(planned, settings),
    ...(told?.simulated === true && { simulated: true }),
    ...toStatus(ending, planned.case.requirement, desk),
    durationMs: clock.now() - startedMs,
    ...(told !== undefined && { virtualDurationMs: told.virtualDurationMs }),
    steps: [...desk.steps],
    findings: [...desk.findings],
    ...(told !== undefined && told.excuses.length > 0 && { excuses: [...told.excuses] }),
  }
  return {
    result,
    exchanges: desk.recorder.exchanges,
    cycles: told?.cycles ?? [],
    provisioningLogs: told?.provisioningLogs ?? [],
    leftovers,
  }
}

function describeCase({ key, case: definition, dialect, clients }: PlannedCase, { repeat }: RunSettings) {
  const { id, kind, suite, title, requirement, facts } = definition
  return {
    key,
    id,
    kind,
    suite,
    title,
    ...(dialect !== undefined && { dialect }),
    clients: [...clients],
    requirement,
    facts: [...facts],
    repeat: repeat(key),
  }
}

/** How the code of a case came to its end. */
type Ending =
  | { readonly kind: "done" }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "errored"; readonly error: unknown }

async function play(
  definition: PlannedCase["case"],
  desk: CaseDesk,
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<Ending> {
  try {
    await run()
    return { kind: "done" }
  } catch (error) {
    // What fails because the user stopped the run is nobody's fault.
    if (signal.aborted) return { kind: "skipped", reason: INTERRUPTED_REASON }
    if (error instanceof CaseSkipped) return { kind: "skipped", reason: error.message }
    if (!(error instanceof NoAnswer)) return { kind: "errored", error }
    desk.record(noAnswerFinding(error, definition))
    return { kind: "done" }
  }
}

function noAnswerFinding({ asked, message, exchange }: NoAnswer, definition: PlannedCase["case"]) {
  const draft = {
    code: "no-answer",
    message: `${asked} got no answer`,
    expected: "an answer",
    actual: message,
    advice: "Every request needs an answer, if only an error message: look for this request in the server's log.",
    confidence: "documented",
    exchanges: [exchange],
  } as const
  return toFinding(draft, definition)
}

/** Errors inside the embedded target are ours as well. An error of ours outweighs everything, a failure outweighs a skip: what was seen was seen. */
function toStatus(
  ending: Ending,
  requirement: Requirement,
  { endpoint, findings, redactor }: CaseDesk,
): Pick<CaseResult, "status" | "skipReason" | "error"> {
  const errors = ending.kind === "errored" ? [ending.error] : endpoint.ownErrors
  if (errors.length > 0) return { status: "errored", error: redactor.text(errors.map(stackOf).join("\n")) }
  const status = statusOf(findings, requirement)
  if (ending.kind !== "skipped") return { status }
  return { status: status === "passed" ? "skipped" : status, skipReason: redactor.text(ending.reason) }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Removes what the case created, by the endpoint's own way and credentials, past any fault and past an interruption. */
function cleanUp({ endpoint, recorder, cleanUp: book }: CaseDesk): Promise<string[]> {
  return book.run((method, path) =>
    recorder.send(
      endpoint.route,
      { method, url: `${endpoint.baseUrl}${path}`, headers: endpoint.headers, body: null },
      "cleanup",
    ),
  )
}
