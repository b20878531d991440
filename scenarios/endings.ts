/** How a case ends before its last line. None of these is an error of ours: the runner turns each into a status. */
import type { TransportError } from "../protocol/index.ts"

/** The case cannot be run against this endpoint, and says why. */
export class CaseSkipped extends Error {
  override readonly name = "CaseSkipped"
}

/** The user stopped the run. */
export class CaseInterrupted extends Error {
  override readonly name = "CaseInterrupted"

  constructor() {
    super("interrupted")
  }
}

/** The endpoint gave no complete answer to a request of the case itself: nothing more can be learnt. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer"
  readonly transportError: TransportError
  /** Id of the exchange that shows it. */
  readonly exchange: string
  /** Method and URL of what was asked. */
  readonly asked: string

  constructor(transportError: TransportError, exchange: string, asked: string) {
    super(transportError.message, { cause: transportError })
    this.transportError = transportError
    this.exchange = exchange
    this.asked = asked
  }
}
