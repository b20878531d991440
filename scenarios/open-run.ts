/** Opens a run: is there something to test, and what does it say about itself? Both are asked once, before any case. */
import type { HttpRequest, Scheduler } from "../protocol/index.ts"
import type { Exchange } from "../reports/index.ts"
import { createIdSource, createRandom, type ProvisioningMappings } from "../simulator/index.ts"
import { readCapabilities } from "./capabilities.ts"
import type { RunSettings } from "./case-desk.ts"
import type { Capabilities } from "./checks/context.ts"
import { createEmbeddedSession } from "./embedded-session.ts"
import type { Session } from "./endpoint.ts"
import { untilAborted } from "./interruption.ts"
import { runIdOf } from "./naming.ts"
import { preflight } from "./preflight.ts"
import { createRecorder } from "./recording.ts"
import { createRedactor } from "./redaction.ts"
import { createRepeat } from "./repeat.ts"
import { createSharedSession } from "./shared-session.ts"
import type { TargetSource } from "./target-source.ts"

export interface OpenOptions {
  readonly target: TargetSource
  readonly seed: number
  /** Real time (simulator's SystemClock). */
  readonly clock: Scheduler
  /** What the jobs of scenarios map instead of the defaults. */
  readonly mappings?: ProvisioningMappings
  /** Leaves on a shared endpoint what was created there. */
  readonly keep?: boolean
  /** Aborting it stops the run in good order: running cases end, everything is cleaned up, the rest is skipped. */
  readonly signal?: AbortSignal
  /** Arguments that the command of a repeated case needs besides the target's own: `["--mapping", "m.json"]`. No secrets. */
  readonly repeatArguments?: readonly string[]
}

/** A run that cases can be played in. */
export interface OpenRun {
  readonly settings: RunSettings
  /** What opening it took on the wire. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

/** Key of the exchanges that belong to no case. */
const OPENING_KEY = "discovery"

/**
 * Opens a run. Whoever opens it closes it.
 * @throws EnvironmentError when the target cannot be tested, UsageError for a target that makes no sense, CaseInterrupted.
 */
export async function openRun(options: OpenOptions): Promise<OpenRun> {
  const { target, seed, clock, signal = new AbortController().signal } = options
  const session = openSession(target, seed, clock)
  try {
    const { capabilities, exchanges } = await untilAborted(signal, () => open(session, seed, clock))
    const settings: RunSettings = {
      seed,
      runId: runIdOf(seed),
      ...(options.mappings !== undefined && { mappings: options.mappings }),
      clock,
      session,
      capabilities,
      signal,
      keep: options.keep ?? false,
      repeat: createRepeat(target, seed, options.repeatArguments ?? []),
    }
    return { settings, exchanges, close: () => session.close() }
  } catch (error) {
    await session.close()
    throw error
  }
}

function openSession(target: TargetSource, seed: number, clock: Scheduler): Session {
  return target.kind === "embedded" ? createEmbeddedSession(target, seed) : createSharedSession(target, clock)
}

interface Opening {
  readonly capabilities: Capabilities
  readonly exchanges: readonly Exchange[]
}

async function open(session: Session, seed: number, clock: Scheduler): Promise<Opening> {
  const endpoint = session.open({ key: OPENING_KEY, strict: false, movesTime: false })
  try {
    const redactor = createRedactor(endpoint.secrets)
    const recorder = createRecorder({ key: OPENING_KEY, clock, redactor })
    const send = (request: HttpRequest) => recorder.send(endpoint.route, request, "case")
    const { baseUrl, headers } = endpoint
    const guid = createIdSource(createRandom(seed).fork(OPENING_KEY)).next()
    await preflight({ baseUrl, headers, guid, redact: redactor.text, send })
    return { capabilities: await readCapabilities(baseUrl, headers, send), exchanges: recorder.exchanges }
  } finally {
    endpoint.close()
  }
}
