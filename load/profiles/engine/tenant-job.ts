/** Sends the parts of one tenant's plan: phases in their order, the chains of a phase side by side. */
import type { Chain, ObjectName, Part, Phase, PlannedRequest } from "../../plan/plan.ts"
import type { Client, Outcome } from "./client.ts"
import { waitUntil } from "./pacer.ts"
import type { PlanData } from "./plan-data.ts"
import { createResolver } from "./resolver.ts"

export interface TenantJobOptions {
  readonly plan: PlanData
  /** Of the tenant. */
  readonly index: number
  readonly lane: number
  readonly lanes: number
  readonly inFlight: number
  readonly client: Client
}

export interface SendOptions {
  /** Nothing is begun after this moment; null: until all is sent. */
  readonly deadlineMs?: number | null
  /** Spreads the plan's virtual time over so many milliseconds; null: one cycle follows on the other at once. */
  readonly spreadOverMs?: number | null
}

export class TenantJob {
  /** Requests that could not be sent. */
  unsent = 0
  /** Whole times that the load part was sent. */
  rounds = 0
  /** Hears of every answer of the load part. */
  onAnswer: (outcome: Outcome) => void = () => undefined
  #isQuarantined = false
  #isOver = (): boolean => false
  #isClosing = false
  readonly #options: TenantJobOptions
  readonly #phases: readonly Phase[]
  readonly #resolve: (name: ObjectName, activityId: string) => Promise<boolean>

  constructor(options: TenantJobOptions) {
    this.#options = options
    this.#phases = options.plan.tenants[options.index]?.phases ?? []
    this.#resolve = createResolver(options)
  }

  async sendPart(part: Part, { deadlineMs = null, spreadOverMs = null }: SendOptions = {}): Promise<void> {
    const phases = this.#phases.filter((phase) => phase.part === part)
    const spanMs = phases.at(-1)?.atMs ?? 0
    const startedMs = Date.now()
    for (const phase of phases) {
      if (spreadOverMs !== null && spanMs > 0) await waitUntil(startedMs + (phase.atMs / spanMs) * spreadOverMs)
      if (this.#isQuarantined) this.unsent += this.#requestsIn(phase)
      else await this.#sendPhase(phase, deadlineMs)
    }
    if (part === "load" && this.unsent === 0) this.rounds += 1
  }

  /** Whether the probe failed: then nothing more is sent, as a job in quarantine sends nothing (ENG-CYCLE-15, documented). */
  get isQuarantined(): boolean {
    return this.#isQuarantined
  }

  /**
   * Sends the load part again and again until `isOver`; the rest of the round that is under way then is sent too, as fast as it
   * goes and not measured, so that the end state is the planned one.
   */
  async repeatLoad(isOver: () => boolean): Promise<void> {
    this.#isOver = isOver
    do await this.sendPart("load")
    while (!this.#isClosing && !this.#isQuarantined)
  }

  async #sendPhase(phase: Phase, deadlineMs: number | null): Promise<void> {
    let next = phase.from
    const worker = async (): Promise<void> => {
      while (next < phase.to) {
        const index = next++
        const chain = this.#options.plan.chains[index]
        if (chain === undefined || !this.#isOurs(chain)) continue
        if (deadlineMs !== null && Date.now() >= deadlineMs) this.unsent += chain.requests.length
        else await this.#sendChain(chain.requests, phase)
      }
    }
    await Promise.all(Array.from({ length: Math.min(this.#options.inFlight, phase.to - phase.from) }, worker))
  }

  #requestsIn({ from, to }: Phase): number {
    const chains = this.#options.plan.chains.slice(from, to)
    return chains.filter((chain) => this.#isOurs(chain)).reduce((sum, { requests }) => sum + requests.length, 0)
  }

  /** The first part of a split load sends the probes. */
  #isOurs({ lane, requests }: Chain): boolean {
    const { lanes } = this.#options
    return requests[0]?.step === "probe" ? this.#options.lane === 0 : lane % lanes === this.#options.lane
  }

  async #sendChain(requests: readonly PlannedRequest[], { part, activityId }: Phase): Promise<void> {
    const { client } = this.#options
    for (const [position, request] of requests.entries()) {
      for (const name of request.uses) {
        if (client.ids.has(name) || (await this.#resolve(name, activityId))) continue
        this.unsent += requests.length - position
        return
      }
      if (part === "load" && !this.#isClosing && this.#isOver()) {
        this.#isClosing = true
        client.pacer.setRate(null)
      }
      const requestClass = this.#isClosing ? "prepare" : part
      const outcome = await client.send(request, requestClass, activityId)
      if (requestClass === "load") this.onAnswer(outcome)
      // What follows builds on this answer, as it does in the provisioning service.
      if (!outcome.isGood) {
        this.#isQuarantined ||= request.step === "probe"
        this.unsent += requests.length - position - 1
        return
      }
    }
  }
}
