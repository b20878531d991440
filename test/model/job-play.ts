/** Plays what happens to the job: time, restarts, crashes, faults, edits; and at the end the quiet in which it comes to rest. */
import { JobError, type OnDemandSubject, type ResetFlag } from "../../simulator/index.ts"
import { isMember, type Person } from "./directory.ts"
import type { EventOf, HistoryEvent } from "./events.ts"
import { activate, describeFault } from "./fault-plan.ts"
import { Observer } from "./observer.ts"
import { type Edit, toMappingEdit, toSettingsEdit } from "./edits.ts"
import { playAtTarget } from "./target-play.ts"
import { chosen, several } from "./choice.ts"
import { groupRef, userRef } from "./scene.ts"
import { playInTenant } from "./tenant-play.ts"
import type { World } from "./world.ts"

const MINUTE_MS = 60_000
/** The product's interval; a long wait has a longer one, so that a month takes a moment. */
const INTERVAL_MS = 40 * MINUTE_MS
const LONG_INTERVAL_MS = 12 * 60 * MINUTE_MS
const LONG_WAIT_MINUTES = 6 * 60
const DAY_MINUTES = 24 * 60
/** ENG-POD-02, documented. */
const ON_DEMAND_MEMBERS_MAX = 5
/** ENG-QUAR-07, documented: an attempt a day at least. */
const LONGEST_BACK_OFF_MS = 86_400_000
/** A bound for the rounds of retries at the end. */
const QUIET_ROUNDS_MAX = 100
/** Everything that fails is tried again once a day (ENG-RETRY-02): what has not changed after two days does not. */
const SETTLED_MS = 2 * 86_400_000

export class JobPlay {
  readonly #world: World
  readonly #observer: Observer

  constructor(world: World) {
    this.#world = world
    this.#observer = new Observer(world)
  }

  async play(event: HistoryEvent): Promise<void> {
    switch (event.do) {
      case "wait":
        return this.#wait(event.minutes)
      case "cycle":
        return this.#doing("a cycle is run", () => this.#world.job.runCycle())
      case "pause":
        this.#world.say("the job is paused")
        return this.#world.job.pause()
      case "start":
        return this.#doing("the job is started", () => this.#world.job.start())
      case "restart":
        return this.#restart(event.flags)
      case "onDemand":
        return this.#onDemand(event)
      case "onDemandTeam":
        return this.#onDemandTeam(event)
      case "crash":
      case "crashAt":
        return this.#crash(event)
      case "meanwhile":
        return this.#meanwhile(event)
      case "fault":
        this.#world.say(`fault: ${describeFault(event.fault)}`)
        this.#world.faults.push(activate(event.fault, this.#world.clock))
        return
      case "endFaults":
        if (this.#world.faults.length > 0) this.#world.say("nothing goes wrong any more")
        this.#world.faults = []
        return
      case "filterUsers":
      case "filterTeams":
      case "mapRow":
      case "mapSoftDeleted":
      case "userActions":
      case "teamActions":
        return this.#editMappings(toMappingEdit(event, this.#world.timeline.now.rules))
      case "skipOutOfScope":
      case "threshold":
        return this.#editSettings(toSettingsEdit(event, this.#world.timeline.now.rules))
      case "switchScope":
        this.#editSettings(toSettingsEdit(event, this.#world.timeline.now.rules))
        if (event.restarts) await this.#restart(null)
        return
      case "allowDeletes":
        return this.#restart(["ForceDeletes"])
      case "targetRename":
      case "targetRetitle":
      case "targetDisable":
      case "targetDelete":
      case "targetRenameGroup":
      case "targetDeleteGroup":
      case "targetAddMember":
      case "targetRemoveMember":
        return playAtTarget(this.#world, event)
      default:
        playInTenant(this.#world, event)
    }
  }

  /** The first start of the job. */
  async begin(): Promise<void> {
    await this.#doing("the job is started for the first time", () => this.#world.job.start())
  }

  /** Lets the job come to rest: nothing goes wrong any more, and what failed is tried again until it succeeds, or can't. */
  async quieten(): Promise<void> {
    const world = this.#world
    world.faults = []
    world.runner.clearTraps()
    world.say("from here on all is quiet")
    await this.#retry()
    const isHeld = world.job.condition().quarantine?.reason === "TooManyDeletes"
    if (isHeld && world.setting.allowsAtEnd) {
      await this.#restart(["ForceDeletes"])
      await this.#retry()
    }
    if (!world.setting.restartsAtEnd) return
    await this.#restart(null)
    await this.#retry()
  }

  /** Cycles until nothing is left to be tried again, or what is left does not change any more. */
  async #retry(): Promise<void> {
    const world = this.#world
    let left = ""
    let leftSinceMs = world.clock.now()
    for (let round = 0; round < QUIET_ROUNDS_MAX; round += 1) {
      await this.#resume()
      const escrows = world.job.escrows()
      if (escrows.length === 0) break
      // Whom the recycle bin lets go of in this time may be what the others wait for.
      const state = [world.timeline.at, ...escrows.map(({ objectId, kind }) => `${objectId} ${kind}`)].join()
      if (state !== left) leftSinceMs = world.clock.now()
      else if (world.clock.now() - leftSinceMs >= SETTLED_MS) break
      left = state
      await this.#sleepUntil(Math.min(...escrows.map(({ notBeforeMs }) => notBeforeMs)))
    }
    await this.#resume()
  }

  /** A quarantine is left by itself as soon as its cause is gone (ENG-QUAR-09); what has to be started, is. */
  async #resume(): Promise<void> {
    const { job, clock } = this.#world
    const { schedule, quarantine } = job.condition()
    if (schedule === "Active" && quarantine !== null && quarantine.reason !== "TooManyDeletes") {
      const waitMs = Math.min(Math.max(INTERVAL_MS, quarantine.nextAttemptMs - clock.now()), LONGEST_BACK_OFF_MS)
      const minutes = Math.ceil(waitMs / MINUTE_MS) + 1
      return this.#observer.during(() => this.#world.runner.advance(minutes))
    }
    if (schedule === "Active" && quarantine === null) await this.#doing("a cycle is run", () => job.runCycle())
    else await this.#doing("the job is started", () => job.start())
  }

  /** Passes time without cycles. */
  async #sleepUntil(instantMs: number): Promise<void> {
    const { job, clock, runner } = this.#world
    job.pause()
    const minutes = Math.max(1, Math.ceil((instantMs - clock.now()) / MINUTE_MS))
    await this.#observer.during(() => runner.advance(minutes))
  }

  async #wait(minutes: number): Promise<void> {
    const { runner } = this.#world
    if (minutes < LONG_WAIT_MINUTES) return this.#observer.during(() => runner.advance(minutes))
    this.#world.say(`${Math.round(minutes / 60)} hours go by`)
    // Day by day, or what came and went meanwhile would not be noticed. The job may be another one each day.
    for (let left = minutes; left > 0; left -= DAY_MINUTES) {
      runner.job.updateSettings({ intervalMs: LONG_INTERVAL_MS })
      await this.#observer.during(() => runner.advance(Math.min(left, DAY_MINUTES)))
    }
    runner.job.updateSettings({ intervalMs: INTERVAL_MS })
    const { schedule, quarantine } = runner.job.condition()
    if (schedule === "Active" && quarantine === null) await this.#doing(null, () => runner.job.runCycle())
  }

  async #doing(line: string | null, work: () => Promise<unknown>, subjects?: ReadonlySet<string>): Promise<void> {
    if (line !== null) this.#world.say(line)
    await this.#observer.during(() => this.#world.runner.settle(work()), subjects)
  }

  async #restart(flags: readonly ResetFlag[] | null): Promise<void> {
    const { timeline, job } = this.#world
    const given = new Set<ResetFlag>(flags ?? ["QuarantineState", "Watermark", "Escrows"])
    const resets = (flag: ResetFlag): boolean => given.has(flag) || given.has("Full")
    timeline.add({
      is: "reset",
      by: "restart",
      at: timeline.at,
      links: resets("ConnectorDataStore"),
      escrows: resets("Escrows"),
      watermark: resets("Watermark"),
      allows: given.has("ForceDeletes"),
      escrowed: this.#observer.escrowed(),
    })
    if (resets("Escrows")) this.#observer.forgetEscrows()
    await this.#doing(`restart: ${flags === null ? "as the portal does" : flags.join(", ")}`, () =>
      flags === null ? job.restart() : job.restart(flags),
    )
  }

  /** Mappings and filters: saving them starts a new initial cycle (ENG-CYCLE-12). */
  #editMappings({ line, change }: Edit): void {
    const { timeline, job } = this.#world
    timeline.add({
      is: "reset",
      by: "edit",
      at: timeline.at,
      links: false,
      escrows: true,
      watermark: true,
      allows: false,
      escrowed: this.#observer.escrowed(),
    })
    this.#observer.forgetEscrows()
    this.#world.noteRules(change)
    job.updateMappings(this.#world.mappings)
    this.#world.say(line)
  }

  #editSettings({ line, change }: Edit): void {
    const { job } = this.#world
    this.#world.noteRules(change)
    job.updateSettings(this.#world.settings)
    this.#world.say(line)
  }

  async #onDemand({ who }: EventOf<"onDemand">): Promise<void> {
    const person = chosen(this.#world.directory.users, who, isActive)
    if (person === undefined) return
    await this.#provision(userRef(person.id), [person.id])
  }

  async #onDemandTeam({ team: number, members }: EventOf<"onDemandTeam">): Promise<void> {
    const { directory } = this.#world
    const team = chosen(directory.groups, number, ({ deleted }) => !deleted)
    if (team === undefined) return
    const people = several(
      directory.users,
      members,
      (person) => isActive(person) && isMember(directory, team.id, person.id),
    )
    const chosenPeople = people.slice(0, ON_DEMAND_MEMBERS_MAX)
    const ids = chosenPeople.map(({ id }) => id)
    await this.#provision({ group: groupRef(team.id), members: ids.map(userRef) }, [team.id, ...ids])
  }

  async #provision(subject: OnDemandSubject, ids: readonly string[]): Promise<void> {
    const { job } = this.#world
    const provision = async (): Promise<void> => {
      try {
        await job.provisionOnDemand(subject)
      } catch (error) {
        // Five calls in ten seconds are all there is.
        if (!(error instanceof JobError) || error.code !== "TooManyRequests") throw error
      }
    }
    const names = ids.map((id) => this.#world.tag(id)).join(", ")
    await this.#doing(`on demand: ${names}`, provision, new Set(ids))
  }

  async #crash(event: EventOf<"crash"> | EventOf<"crashAt">): Promise<void> {
    const { runner, setting, wire } = this.#world
    if (!setting.isDurable) return
    const crash = (): void => {
      this.#world.say("the job's process is killed")
      runner.crash()
      wire.died()
    }
    if (event.do === "crash") return this.#observer.during(async () => crash())
    runner.set({ requestsLeft: event.request, isSent: event.isSent, spring: crash })
  }

  #meanwhile({ request, event }: EventOf<"meanwhile">): void {
    const { runner, job } = this.#world
    const spring = (): void => {
      if (event.do !== "pause") return playInTenant(this.#world, event, true)
      this.#world.say("meanwhile, the job is paused")
      job.pause()
    }
    runner.set({ requestsLeft: request, isSent: false, spring })
  }
}

function isActive({ enabled, deleted }: Person): boolean {
  return enabled && !deleted
}
