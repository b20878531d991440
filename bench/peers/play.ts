/** One load against one peer: what it took, and whether the peer then held what it was told. */
import { DEFAULT_THRESHOLDS, type LoadPlan, type Profile, runLoad } from "../../load/index.ts"
import { socketTransport, SystemClock } from "../../simulator/index.ts"
import type { PeerKind } from "./peer.ts"
import { processorTimeUs } from "../process-use.ts"

export interface Played {
  readonly requestsPerSecond: number
  /** Of the peer's process for each request of the load; null where the system does not say. */
  readonly processorUs: number | null
  /** By step, in milliseconds. */
  readonly p95Ms: ReadonlyMap<string, number>
  /** Answers that were not as expected, by step. */
  readonly errors: ReadonlyMap<string, number>
  /** Objects, values and members that are not as planned; null where the plan could not be sent whole. */
  readonly differences: number | null
}

export interface Sending {
  readonly k6: { readonly path: string; readonly version: string }
  readonly plan: LoadPlan
  readonly profile: Profile
}

/** Starts the peer, sends the load, stops the peer. Throws where it cannot be started. */
export async function play(kind: PeerKind, { k6, plan, profile }: Sending): Promise<Played> {
  const peer = await kind.start()
  const transport = socketTransport({ timeoutMs: 60_000, allowNonLoopback: false })
  try {
    const before = processorTimeUs(peer.pid)
    let after: number | null = null
    const { load } = await runLoad({
      source: { kind: "k6", ...k6 },
      plan,
      profile,
      endpoint: {
        urls: [peer.url],
        headers: { authorization: `Bearer ${peer.token}` },
        transport,
        allowsWrites: false,
        insecure: false,
        redact: (text) => text,
      },
      thresholds: DEFAULT_THRESHOLDS,
      clock: new SystemClock(),
      repeat: "npm run bench:peers",
      keeps: true,
      signal: new AbortController().signal,
      onProgress: (_, stage) => {
        if (stage === "end state") after = processorTimeUs(peer.pid)
      },
    })
    return {
      requestsPerSecond: load.requestsPerSecond,
      processorUs: before === null || after === null ? null : (after - before) / (load.requests + load.prepared),
      p95Ms: new Map(load.steps.map(({ step, p95Ms }) => [step, p95Ms])),
      errors: new Map(load.steps.flatMap(({ step, errors }) => (errors > 0 ? [[step, errors]] : []))),
      differences: load.endState?.differences ?? null,
    }
  } finally {
    await transport.close()
    await peer.stop()
  }
}
