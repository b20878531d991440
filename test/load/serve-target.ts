/** The reference target on a socket of this process, as somebody else's endpoint, which can answer 429 now and then. */
import { SystemClock, systemIds } from "../../simulator/index.ts"
import { createTarget } from "../../target/index.ts"
import { serveFetch } from "../cli/servers.ts"

export interface ServedTarget {
  readonly url: string
  readonly token: string
  /** Method and path of each request so far. */
  readonly asked: readonly string[]
  /** Of `/Users` or `/Groups`. */
  count(path: string): Promise<number>
  /** Requests that came although a Retry-After was not over, but for those that were on their way. */
  impatient(): readonly string[]
  close(): Promise<void>
}

const RETRY_AFTER_S = 1
/** Requests that were sent before the 429 was read may still come in. */
const GRACE_MS = 250

export interface ServeOptions {
  /** Every so many requests one is answered 429; 0 for none. */
  readonly throttleEvery?: number
  /** Every so many PATCHes one is answered 500 and not applied; 0 for none. */
  readonly failEvery?: number
  /** Names of further tenants at /t/NAME/scim/v2, each with the token `token-of-NAME`. */
  readonly tenants?: readonly string[]
  /** Serves https. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export async function serveTarget({
  throttleEvery = 0,
  failEvery = 0,
  tenants = [],
  tls,
}: ServeOptions = {}): Promise<ServedTarget> {
  const token = "served-by-a-test"
  const target = createTarget({
    clock: new SystemClock(),
    ids: systemIds,
    tokens: [token],
    tenants: Object.fromEntries(tenants.map((name) => [name, [`token-of-${name}`]])),
  })
  const impatient: string[] = []
  let seen = 0
  let patches = 0
  let refusedMs = Number.NEGATIVE_INFINITY
  const server = await serveFetch(async (request) => {
    seen += 1
    if (request.method === "PATCH") patches += 1
    if (request.method === "PATCH" && failEvery > 0 && patches % failEvery === 0)
      return new Response(null, { status: 500 })
    const sinceMs = performance.now() - refusedMs
    if (sinceMs > GRACE_MS && sinceMs < RETRY_AFTER_S * 1000 - GRACE_MS) impatient.push(request.url)
    if (throttleEvery === 0 || seen % throttleEvery !== 0) return await target.fetch(request)
    refusedMs = performance.now()
    return new Response(null, { status: 429, headers: { "Retry-After": String(RETRY_AFTER_S) } })
  }, tls)
  const url = `${server.origin}/scim/v2`
  return {
    url,
    token,
    asked: server.asked,
    async count(path) {
      const answer = await target.fetch(
        new Request(`${url}${path}?count=0`, { headers: { authorization: `Bearer ${token}` } }),
      )
      const list: unknown = await answer.json()
      return typeof list === "object" && list !== null && "totalResults" in list ? Number(list.totalResults) : -1
    },
    impatient: () => impatient,
    async close() {
      await server.close()
      target.close()
    },
  }
}
