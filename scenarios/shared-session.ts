/** An endpoint that is not ours, over a socket or in this process: all cases share it, and its tokens are not in our hand. */
import {
  TransportError,
  UsageError,
  type HttpRequest,
  type HttpResponse,
  type Scheduler,
  type Transport,
} from "../protocol/index.ts"
import { handlerTransport, socketTransport, VirtualClock } from "../simulator/index.ts"
import { VIRTUAL_START_MS, type Session } from "./endpoint.ts"
import type { Route } from "./recording.ts"
import { standInTokens } from "./stand-in-tokens.ts"
import {
  IN_PROCESS_URL,
  TIMEOUT_MS,
  type Credentials,
  type ExternalSource,
  type InProcessSource,
} from "./target-source.ts"

/**
 * Opens the endpoint. `clock` is real time: it spaces requests out and ends waiting.
 * @throws UsageError for a URL that cannot be a base URL.
 */
export function createSharedSession(source: ExternalSource | InProcessSource, clock: Scheduler): Session {
  const baseUrl = toBaseUrl(source.url ?? IN_PROCESS_URL)
  const headers = toHeaders(source.credentials)
  const { transport, close } = source.kind === "external" ? openSocket(source) : openHandler(source, clock)
  const paced = source.kind === "external" ? pace(transport, source.requestsPerSecond, clock) : transport
  const route: Route = (request) => paced(request)
  const secrets = [source.credentials.token, ...Object.values(source.credentials.headers ?? {})].filter(
    (secret) => secret !== undefined,
  )
  return {
    kind: source.kind,
    url: baseUrl,
    isShared: true,
    hasCredentials: "authorization" in headers,
    open: ({ key }) => ({
      baseUrl,
      clock: new VirtualClock(VIRTUAL_START_MS),
      route,
      headers,
      secrets,
      tokens: standInTokens(key, route, headers),
      ownErrors: [],
      close() {},
    }),
    close,
  }
}

/**
 * The base URL as requests need it: without the slash at the end, and without Entra's feature flag, which belongs to the
 * Tenant URL field and is not repeated on the wire (WIRE-004, documented; WIRE-015, inferred).
 */
export function toBaseUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const hint = "Give the base URL that /Users is appended to, such as http://localhost:3000/scim/v2."
    throw new UsageError("USAGE_URL", `"${text}" is not an http or https URL.`, { hint })
  }
  if (url.username !== "" || url.password !== "") {
    const hint = "Give credentials by --token, --token-env, --token-file or --header."
    throw new UsageError("USAGE_URL", "The URL carries a user name or password.", { hint })
  }
  url.searchParams.delete("aadOptscim062020")
  if (url.search !== "" || url.hash !== "") {
    const hint = "Paths are appended to the URL, so nothing can stand behind its path."
    throw new UsageError("USAGE_URL", `The base URL ends in "${url.search}${url.hash}".`, { hint })
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`
}

function toHeaders({ token, headers = {} }: Credentials): Record<string, string> {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...Object.fromEntries(lowered) }
}

interface Opened {
  readonly transport: Transport
  readonly close: () => Promise<void>
}

function openSocket({ timeoutMs = TIMEOUT_MS, ca, insecure = false, allowWrites = false }: ExternalSource): Opened {
  const transport = socketTransport({
    timeoutMs,
    insecure,
    allowNonLoopback: allowWrites,
    ...(ca === undefined ? {} : { ca }),
  })
  return { transport, close: async () => transport.close() }
}

function openHandler({ handler, timeoutMs = TIMEOUT_MS }: InProcessSource, clock: Scheduler): Opened {
  return { transport: limitTime(handlerTransport(handler), timeoutMs, clock), close: () => Promise.resolve() }
}

/** Gives up on a handler that never answers. */
function limitTime(transport: Transport, timeoutMs: number, clock: Scheduler): Transport {
  return (request: HttpRequest) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const cancel = clock.schedule(timeoutMs, () =>
        reject(
          new TransportError(
            "timeout",
            `No answer came within ${timeoutMs / 1000} s: ${request.method} ${request.url}.`,
          ),
        ),
      )
      transport(request).then(resolve, reject).finally(cancel)
    })
}

/** Lets at most so many requests a second start, evenly spaced. */
function pace(transport: Transport, requestsPerSecond: number | undefined, clock: Scheduler): Transport {
  if (requestsPerSecond === undefined) return transport
  let nextMs = clock.now()
  return async (request) => {
    const startMs = Math.max(clock.now(), nextMs)
    nextMs = startMs + 1000 / requestsPerSecond
    await clock.sleep(startMs - clock.now())
    return transport(request)
  }
}
