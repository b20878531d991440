/** Opens a run: is there something to test, and what does it say about itself? Both are asked once, before any case. */
import type { HttpRequest, Scheduler } from "../protocol/index.ts"
import type { Exchange } from "../reports/index.ts"
import { createIdSource, createRandom, type ProvisioningMappings } from "../simulator/index.ts"
import { findAdopted, type Adopted } from "./adoption.ts"
import { NOTHING_KNOWN, readCapabilities } from "./capabilities.ts"
import type { RunSettings } from "./case-desk.ts"
import type { Capabilities } from "./checks/context.ts"
import { createEmbeddedSession } from "./embedded-session.ts"
import { CaseInterrupted } from "./endings.ts"
import type { Session } from "./endpoint.ts"
import type { GivenDirectory } from "./given-directory.ts"
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
  /** Whose people scenarios take instead of invented ones. */
  readonly directory?: GivenDirectory
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
  /** What the run will write to though it was there before: nothing unless the user asked to adopt it. */
  readonly adopted: readonly Adopted[]
  close(): Promise<void>
}

/** Key of the exchanges that belong to no case. */
const OPENING_KEY = "discovery"

/**
 * Opens a run. Whoever opens it closes it. A run that is interrupted meanwhile opens all the same, knowing nothing.
 * @throws EnvironmentError when the target cannot be tested, UsageError for what makes no sense.
 */
export async function openRun(options: OpenOptions): Promise<OpenRun> {
  const { target, seed, clock, mappings, directory, signal = new AbortController().signal } = options
  const session = openSession(target, seed, clock)
  try {
    const { capabilities, exchanges, adopted } = await lookAround(session, { ...options, signal })
    const settings: RunSettings = {
      seed,
      runId: runIdOf(seed),
      ...(mappings !== undefined && { mappings }),
      ...(directory !== undefined && { directory }),
      adopted: new Set(adopted.map(({ path }) => path)),
      clock,
      session,
      capabilities,
      signal,
      keep: options.keep ?? false,
      repeat: createRepeat(target, seed, options.repeatArguments ?? []),
    }
    return { settings, exchanges, adopted, close: () => session.close() }
  } catch (error) {
    await session.close()
    throw error
  }
}

function openSession(target: TargetSource, seed: number, clock: Scheduler): Session {
  return target.kind === "embedded" ? createEmbeddedSession(target, seed) : createSharedSession(target, clock)
}

interface Surroundings {
  readonly capabilities: Capabilities
  readonly exchanges: readonly Exchange[]
  readonly adopted: readonly Adopted[]
}

/** Asks what there is, with an endpoint of its own. */
async function lookAround(
  session: Session,
  { seed, clock, signal, mappings, directory }: OpenOptions & Required<Pick<OpenOptions, "signal">>,
): Promise<Surroundings> {
  const endpoint = session.open({ key: OPENING_KEY, strict: false, movesTime: false })
  const { baseUrl, headers } = endpoint
  const redactor = createRedactor(endpoint.secrets)
  const recorder = createRecorder({ key: OPENING_KEY, clock, redactor })
  const send = (request: HttpRequest) => untilAborted(signal, () => recorder.send(endpoint.route, request, "case"))
  try {
    const guid = createIdSource(createRandom(seed).fork(OPENING_KEY)).next()
    await preflight({ baseUrl, headers, guid, redact: redactor.text, send })
    const capabilities = await readCapabilities(baseUrl, headers, send)
    const adopted =
      directory?.adoptExisting === true
        ? await findAdopted({
            contents: directory.contents,
            ...(mappings !== undefined && { mappings }),
            baseUrl,
            headers,
            send,
          })
        : []
    return { capabilities, exchanges: recorder.exchanges, adopted }
  } catch (error) {
    if (!(error instanceof CaseInterrupted)) throw error
    return { capabilities: NOTHING_KNOWN, exchanges: recorder.exchanges, adopted: [] }
  } finally {
    endpoint.close()
  }
}
