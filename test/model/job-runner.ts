/**
 * Runs the job on the virtual clock and lets its process die: a process that is dead sends nothing more and never goes on; the next one
 * takes up what its file holds. Each step of a history ends with no cycle under way.
 */
import { headerOf, type HttpRequest, type HttpResponse, type Transport } from "../../protocol/index.ts"
import {
  createProvisioningJob,
  type ProvisioningJob,
  type ProvisioningJobOptions,
  type VirtualClock,
} from "../../simulator/index.ts"

/** Something that is to happen at a request of the job. */
export interface Trap {
  /** At the so manieth request from now. */
  requestsLeft: number
  /** Once the target has got the request and before the job has the answer; else before it is sent. */
  readonly isSent: boolean
  readonly spring: () => void
}

/** Hears what a process is about to send, and what it hears: a process that dies in between hears nothing. */
export interface Listener {
  sent(request: HttpRequest): void
  heard(request: HttpRequest, response: HttpResponse | null): void
}

interface Process {
  isDead: boolean
}

/** Longer than any history. */
const FOREVER_MS = 1e13
const STEP_SECONDS = 30
const STEPS_MAX = 5_000

export type JobParts = Omit<Extract<ProvisioningJobOptions, { readonly token: string }>, "transport" | "clock">

export interface Surroundings {
  readonly clock: VirtualClock
  /** To the target, through whatever goes wrong on the way. */
  readonly way: Transport
  readonly listener: Listener
  /** What a broken engine makes of its transport. */
  readonly toTransport: (transport: Transport) => Transport
}

export class JobRunner {
  readonly #clock: VirtualClock
  readonly #way: Transport
  readonly #listener: Listener
  readonly #toTransport: Surroundings["toTransport"]
  /** What a process is started with. */
  readonly #parts: () => JobParts
  #process: Process = { isDead: false }
  #job: ProvisioningJob
  #traps: Trap[] = []
  #requestsInFlight = 0
  #waitsUntilMs = 0
  #onCrash: () => void = () => undefined

  constructor({ clock, way, listener, toTransport }: Surroundings, parts: () => JobParts) {
    this.#clock = clock
    this.#way = way
    this.#listener = listener
    this.#toTransport = toTransport
    this.#parts = parts
    this.#job = this.#launch()
  }

  get job(): ProvisioningJob {
    return this.#job
  }

  get isDead(): boolean {
    return this.#process.isDead
  }

  set(trap: Trap): void {
    this.#traps.push(trap)
  }

  clearTraps(): void {
    this.#traps = []
  }

  /** Waits for what the job does, letting pass the time that it takes. A crash ends the wait. */
  async settle(work: Promise<unknown>): Promise<void> {
    const crashed = new Promise<void>((resolve) => {
      // The work's first request may have been its last: it is sent before anybody waits for the work.
      if (this.isDead) resolve()
      else this.#onCrash = resolve
    })
    await this.#clock.settle(Promise.race([work, crashed]))
    await this.#drain()
  }

  /** Lets time pass, and as much more as a cycle takes that is under way by then. */
  async advance(minutes: number): Promise<void> {
    await this.#clock.advance({ minutes })
    await this.#drain()
  }

  /** Ends the process where it stands. */
  crash(): void {
    this.#process.isDead = true
    this.#requestsInFlight = 0
    this.#waitsUntilMs = 0
    this.#traps = []
    this.#onCrash()
  }

  /** Starts another process with the file of the one that died. */
  revive(): void {
    const { id } = this.#job
    this.#job.close()
    this.#job = this.#launch(id)
  }

  close(): void {
    this.#job.close()
  }

  async #drain(): Promise<void> {
    for (let step = 0; this.#requestsInFlight > 0 || this.#clock.now() < this.#waitsUntilMs; step += 1) {
      if (step > STEPS_MAX) throw new Error(`A cycle has not ended after ${STEPS_MAX} steps of ${STEP_SECONDS} s.`)
      await this.#clock.advance({ seconds: STEP_SECONDS })
    }
  }

  #launch(id?: string): ProvisioningJob {
    const process: Process = { isDead: false }
    this.#process = process
    return createProvisioningJob({
      ...this.#parts(),
      clock: this.#clock,
      transport: this.#toTransport((request) => this.#send(process, request)),
      ...(id !== undefined && { id }),
    })
  }

  async #send(process: Process, request: HttpRequest): Promise<HttpResponse> {
    // Of one that dies at this moment it is not known whether it was sent; that it was about to be may be stored.
    this.#listener.sent(request)
    if (process.isDead) return this.#never()
    const due = this.#dueTraps()
    for (const trap of due) if (!trap.isSent) trap.spring()
    if (process.isDead) return this.#never()
    this.#requestsInFlight += 1
    const [answer] = await Promise.allSettled([this.#way(request)])
    for (const trap of due) if (trap.isSent) trap.spring()
    if (process.isDead) return this.#never()
    this.#requestsInFlight -= 1
    if (answer.status === "rejected") {
      this.#listener.heard(request, null)
      throw answer.reason
    }
    this.#listener.heard(request, answer.value)
    this.#noteWait(answer.value)
    return answer.value
  }

  #dueTraps(): readonly Trap[] {
    for (const trap of this.#traps) trap.requestsLeft -= 1
    const due = this.#traps.filter((trap) => trap.requestsLeft <= 0)
    this.#traps = this.#traps.filter((trap) => trap.requestsLeft > 0)
    return due
  }

  /** The job repeats a request after a Retry-After (ENG-RETRY-11); until then nothing is in flight. */
  #noteWait(response: HttpResponse): void {
    const seconds = response.status === 429 ? Number(headerOf(response, "retry-after") ?? 0) : 0
    this.#waitsUntilMs = Math.max(this.#waitsUntilMs, this.#clock.now() + seconds * 1000)
  }

  async #never(): Promise<never> {
    await this.#clock.sleep(FOREVER_MS)
    throw new Error("A process that died a long time ago goes on.")
  }
}
