/** What the runner lays out for one run of one case: its endpoint, its records, its people, and a place for what it finds. */
import { toRfc3339, TransportError, type HttpRequest, type Scheduler } from "../protocol/index.ts"
import type { Finding, Step } from "../reports/index.ts"
import { createIdSource, createRandom, type ProvisioningMappings } from "../simulator/index.ts"
import type { Capabilities, CheckContext } from "./checks/context.ts"
import { createCleanUp, type CleanUp } from "./cleanup.ts"
import { createExpect } from "./create-expect.ts"
import { withWrites } from "./evidence.ts"
import { CaseSkipped } from "./endings.ts"
import type { Endpoint, Session } from "./endpoint.ts"
import type { GivenDirectory } from "./given-directory.ts"
import { untilAborted } from "./interruption.ts"
import { createPeople, type PeopleSource } from "./people.ts"
import { createRecorder, type Recorder, type Sender, type Sent } from "./recording.ts"
import { createRedactor, type Redactor } from "./redaction.ts"
import { createScimClient } from "./scim-client.ts"
import type { PlannedCase } from "./select.ts"

/** What all cases of a run have in common. */
export interface RunSettings {
  readonly seed: number
  readonly runId: string
  /** What jobs map instead of the defaults. */
  readonly mappings?: ProvisioningMappings
  /** Whose people scenarios take instead of invented ones. */
  readonly directory?: GivenDirectory
  /** Paths of what was there before the run and may be written to: never removed (`--adopt-existing`). */
  readonly adopted: ReadonlySet<string>
  /** Real time. */
  readonly clock: Scheduler
  readonly session: Session
  readonly capabilities: Capabilities
  /** Aborted when the user stops the run. */
  readonly signal: AbortSignal
  /** Leaves what was created. */
  readonly keep: boolean
  /** The command line that repeats one case. */
  readonly repeat: (key: string) => string
}

export interface CaseDesk {
  readonly endpoint: Endpoint
  readonly recorder: Recorder
  readonly redactor: Redactor
  readonly people: PeopleSource
  readonly cleanUp: CleanUp
  readonly findings: readonly Finding[]
  readonly steps: readonly Step[]
  readonly context: CheckContext
  /** Records a finding, with secrets taken out of its words. */
  record(finding: Finding): void
  /** Sends by the case's own way, or another; rejects once the user stopped the run. */
  readonly send: (request: HttpRequest, sender?: Sender, route?: Endpoint["route"]) => Promise<Sent>
  /** Resolves when nothing is on its way any more, an interrupted case's last request included. */
  arrived(): Promise<void>
}

/** Lays out a case. The endpoint is the caller's to close. */
export function createCaseDesk(planned: PlannedCase, endpoint: Endpoint, settings: RunSettings): CaseDesk {
  const { case: definition, key } = planned
  const random = createRandom(settings.seed).fork(key)
  const people = createPeople({
    runId: settings.runId,
    key,
    random: random.fork("people"),
    ids: createIdSource(random),
  })
  const redactor = createRedactor(endpoint.secrets)
  const recorder = createRecorder({ key, clock: settings.clock, redactor })
  const cleanUp = createCleanUp(endpoint.baseUrl, settings.runId, settings.adopted)
  recorder.listen(cleanUp.observe)
  const findings: Finding[] = []
  const steps: Step[] = []
  const storyClock = definition.kind === "scenario" ? endpoint.clock : settings.clock

  function record(finding: Finding): void {
    const { message, expected, actual } = finding
    findings.push({
      ...finding,
      message: redactor.text(message),
      expected: redactor.text(expected),
      actual: redactor.text(actual),
      exchanges: withWrites(finding.exchanges, recorder.exchanges),
    })
  }

  const underway = new Set<Promise<unknown>>()
  function send(request: HttpRequest, sender: Sender = "case", route = endpoint.route): Promise<Sent> {
    return untilAborted(settings.signal, () => {
      const sending = recorder.send(route, request, sender)
      underway.add(sending)
      return sending.finally(() => underway.delete(sending))
    })
  }

  async function arrived(): Promise<void> {
    await Promise.allSettled(underway)
  }

  const scim = createScimClient({
    baseUrl: endpoint.baseUrl,
    headers: endpoint.headers,
    // A requirement of the RFC is not judged by the way Entra encodes: that has a check of its own.
    encoding: definition.requirement.source === "entra" ? "plus" : "percent",
    people,
    send: (request) => sendPatiently(() => send(request), settings),
  })

  const context: CheckContext = {
    scim,
    people,
    expect: createExpect(definition, record),
    dialect: planned.dialect ?? "entra",
    capabilities: settings.capabilities,
    baseUrl: endpoint.baseUrl,
    step: (title) => void steps.push({ title, at: toRfc3339(storyClock.now()) }),
    skip(reason) {
      throw new CaseSkipped(reason)
    },
  }

  return { endpoint, recorder, redactor, people, cleanUp, findings, steps, context, record, send, arrived }
}

/** How often a throttled request of a case is sent again, and how long at most it waits. */
const THROTTLED_TRIES = 4
const THROTTLED_WAIT_MS_MAX = 30_000

/**
 * Sends again what a shared endpoint throttled, after the time it asked for: 429 is an answer about our pace, not about the
 * requirement. (A job meets 429 as it comes: its patience is Entra's, not ours.)
 */
async function sendPatiently(send: () => Promise<Sent>, { session, clock }: RunSettings): Promise<Sent> {
  for (let tries = 1; ; tries++) {
    const sent = await send()
    const { outcome } = sent
    if (outcome instanceof TransportError || outcome.status !== 429) return sent
    if (!session.isShared || tries === THROTTLED_TRIES) return sent
    const seconds = Number(outcome.headers["retry-after"]?.[0] ?? 1)
    await clock.sleep(Math.min(THROTTLED_WAIT_MS_MAX, (Number.isFinite(seconds) ? Math.max(0, seconds) : 1) * 1000))
  }
}
