/** The reference target in this process: a fresh one per case, with its own virtual clock, ids and tokens. */
import { UsageError } from "../protocol/index.ts"
import { createIdSource, createRandom, handlerTransport, VirtualClock } from "../simulator/index.ts"
import { createTarget, defects as allDefects, type TokenControl } from "../target/index.ts"
import { VIRTUAL_START_MS, type Endpoint, type EndpointRequest, type Session, type TokenDesk } from "./endpoint.ts"
import type { Route } from "./recording.ts"
import { similarTo } from "./similar.ts"
import { IN_PROCESS_URL, type EmbeddedSource } from "./target-source.ts"

/** Virtual time that a request of a check takes: enough for meta.lastModified to tell two writes apart. */
const REQUEST_TAKES = { seconds: 1 }

/**
 * Opens targets as the source says.
 * @throws UsageError for a defect that does not exist.
 */
export function createEmbeddedSession(source: EmbeddedSource, seed: number): Session {
  const defects = source.defects ?? []
  const names = allDefects.map(({ name }) => name)
  for (const name of defects) {
    if (names.includes(name)) continue
    const similar = similarTo(name, names)
    const hint =
      similar.length > 0 ? `Did you mean ${similar.join(", or ")}?` : "`scimulate explain --defects` lists them."
    throw new UsageError("USAGE_DEFECT", `There is no defect "${name}".`, { hint })
  }

  function open({ key, strict, movesTime }: EndpointRequest): Endpoint {
    const random = createRandom(seed).fork(key).fork("target")
    const ids = createIdSource(random)
    const clock = new VirtualClock(VIRTUAL_START_MS)
    const caseToken = `case-${ids.next()}`
    const jobToken = `job-${ids.next()}`
    const ownErrors: unknown[] = []
    const target = createTarget({
      clock,
      ids: createIdSource(random.fork("resources")),
      tokens: [caseToken, jobToken],
      compat: source.compat ?? (strict ? "rfc" : "entra"),
      defects,
      baseUrl: IN_PROCESS_URL,
      onUnexpected: (error) => ownErrors.push(error),
    })
    const transport = handlerTransport((request) => target.fetch(request))
    // Requests sent at once take their time one after another: a clock is moved by one hand at a time.
    let turn = Promise.resolve()
    const route: Route = async (request) => {
      if (!movesTime) await (turn = turn.then(() => clock.advance(REQUEST_TAKES)))
      return transport(request)
    }
    return {
      baseUrl: IN_PROCESS_URL,
      clock,
      route,
      headers: { authorization: `Bearer ${caseToken}` },
      // Random and gone with the target, yet treated as what they stand for.
      secrets: [caseToken, jobToken],
      tokens: createTokenDesk(jobToken, target.tokens, route, () => `job-${ids.next()}`),
      ownErrors,
      close: () => target.close(),
    }
  }

  return {
    kind: "embedded",
    url: IN_PROCESS_URL,
    isShared: false,
    hasCredentials: true,
    open,
    close: () => Promise.resolve(),
  }
}

/** The target's own tokens, in our hand. */
function createTokenDesk(first: string, control: TokenControl, route: Route, invent: () => string): TokenDesk {
  let current = first
  let isExpired = false
  return {
    first,
    isReal: true,
    route,
    accepts: (token) => token === current && !isExpired,
    expire() {
      control.expire(current)
      isExpired = true
    },
    renew() {
      control.add(current)
      isExpired = false
    },
    rotate() {
      control.revoke(current)
      current = invent()
      control.add(current)
      isExpired = false
      return current
    },
  }
}
