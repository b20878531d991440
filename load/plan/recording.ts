/** Records what the simulator sends and what it is answered, in the order sent. */
import {
  type Clock,
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"
import type { Part } from "./plan.ts"

export interface Recorded {
  readonly part: Part
  /** Virtual time. */
  readonly atMs: number
  readonly request: HttpRequest
  readonly response: HttpResponse
}

export interface Recording {
  readonly transport: Transport
  readonly records: readonly Recorded[]
  /** What is sent from now on belongs to this part. */
  begin(part: Part): void
  /** From now on nobody answers, and nothing is recorded: an endpoint that is down sees no load. */
  breakOff(): void
  /** The endpoint is back. */
  comeBack(): void
}

export function createRecording(inner: Transport, clock: Clock): Recording {
  const records: Recorded[] = []
  let part: Part = "prepare"
  let isDown = false
  return {
    records,
    transport: async (request) => {
      if (isDown) throw new TransportError("refused", "The endpoint is down in this part of the story.")
      const atMs = clock.now()
      const response = await inner(request)
      records.push({ part, atMs, request, response })
      return response
    },
    begin: (next) => void (part = next),
    breakOff: () => void (isDown = true),
    comeBack: () => void (isDown = false),
  }
}
