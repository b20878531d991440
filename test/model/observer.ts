/** Takes down what the job does in one step of a history: its looks at the tenant, and whom it gives up. */
import type { CycleSummary, ProvisioningLogEntry } from "../../simulator/index.ts"
import type { Look } from "./timeline.ts"
import type { World } from "./world.ts"

/** An escrow that is gone at this age was given up (ENG-RETRY-06: 28 days; the last retry lies up to a day before). */
const ESCROW_LIFE_MS = 27 * 86_400_000

const NOBODY: ReadonlySet<string> = new Set()

export class Observer {
  readonly #world: World
  #cyclesSeen = 0
  #escrows = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  /** Does something that may make the job look. `subjects`: whom provision on demand is about. */
  async during(work: () => Promise<void>, subjects?: ReadonlySet<string>): Promise<void> {
    const { timeline, wire, runner } = this.#world
    const first = timeline.at
    const failures = wire.failureCount
    await work()
    this.#world.expire()
    const cycles = runner.job.cycles().slice(this.#cyclesSeen)
    this.#cyclesSeen += cycles.length
    for (const cycle of cycles) this.#noteCycle(cycle, first)
    if (subjects !== undefined && !runner.isDead) {
      const isDisturbed = wire.failureCount > failures
      const look = { is: "look", kind: "onDemand", first, last: timeline.at, imported: 0, held: NOBODY } as const
      timeline.add({ ...look, isComplete: !isDisturbed, isDisturbed, subjects })
    }
    this.#noteGivenUp()
    if (!runner.isDead) return
    timeline.add({ is: "crash", first, last: timeline.at })
    runner.revive()
    this.#world.say("the job's process is started again")
  }

  /** Ids of the objects that wait to be tried again. */
  escrowed(): ReadonlySet<string> {
    return new Set(this.#world.job.escrows().map(({ objectId }) => objectId))
  }

  /** The job has just been told to forget its escrows. */
  forgetEscrows(): void {
    this.#escrows.clear()
  }

  #noteCycle({ id, kind, startedAt, endedAt, counts, state }: CycleSummary, first: number): void {
    const { timeline, job } = this.#world
    const [startedMs, endedMs] = [Date.parse(startedAt), Date.parse(endedAt)]
    const look: Look = {
      is: "look",
      kind,
      first: this.#momentAt(first, (sinceMs, isMeanwhile) =>
        isMeanwhile ? sinceMs < startedMs : sinceMs <= startedMs,
      ),
      last: this.#momentAt(first, (sinceMs) => sinceMs <= endedMs),
      isComplete: state !== "Failed",
      isDisturbed: state !== "Succeeded",
      imported: counts.imported,
      subjects: null,
      held: timeline.moment(first).rules.deleteThreshold === null ? NOBODY : heldIn(job.log({ cycleId: id })),
    }
    timeline.add(look)
    const what = [
      ["created", counts.created],
      ["updated", counts.updated],
      ["disabled", counts.disabled],
      ["deleted", counts.deleted],
      ["failed", counts.failed],
      ["held back", look.held.size],
    ] as const
    const said = what.flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
    if (said.length > 0 || state !== "Succeeded" || kind === "initial") {
      this.#world.say(
        `  ${kind} cycle: ${[...said, ...(state === "Failed" ? ["broke off"] : [])].join(", ")}`,
        startedMs,
      )
    }
  }

  /** The last moment from `first` on that had come by then. */
  #momentAt(first: number, hasCome: (sinceMs: number, isMeanwhile: boolean) => boolean): number {
    const { timeline } = this.#world
    let found = first
    for (let index = first + 1; index <= timeline.at; index += 1) {
      const { sinceMs, isMeanwhile } = timeline.moment(index)
      if (hasCome(sinceMs, isMeanwhile)) found = index
    }
    return found
  }

  #noteGivenUp(): void {
    const { timeline, clock, job } = this.#world
    const present = new Map(job.escrows().map(({ objectId, firstFailureMs }) => [objectId, firstFailureMs]))
    for (const [id, sinceMs] of this.#escrows) {
      if (present.has(id) || clock.now() - sinceMs < ESCROW_LIFE_MS) continue
      timeline.add({ is: "givenUp", at: timeline.at, id })
    }
    this.#escrows = present
  }
}

function heldIn(entries: readonly ProvisioningLogEntry[]): ReadonlySet<string> {
  const staged = entries.filter(({ provisioningAction }) => provisioningAction === "stagedDelete")
  return new Set(staged.map(({ sourceIdentity }) => sourceIdentity.id))
}
