/** A reference target on a port of loopback that kills its client at a chosen request. */
import { createTarget } from "../../target/index.ts"
import { createIdSource, createRandom, SystemClock } from "../../simulator/index.ts"
import { serveFetch } from "../cli/servers.ts"

/** When at that request: before it is applied, after it is applied and before it is answered, or as the answer goes out. */
export const MOMENTS = ["received", "applied", "answered"] as const

export interface Trap {
  /** The how manieth request from now. */
  readonly at: number
  readonly moment: (typeof MOMENTS)[number]
  readonly kill: () => void
}

export interface KillingTarget {
  readonly baseUrl: string
  /** `POST /Users 201` of each write that was applied. */
  readonly writes: readonly string[]
  setTrap(trap: Trap | null): void
  /** All resources of a collection, read by its own API. */
  list(collection: "Users" | "Groups"): Promise<readonly Record<string, unknown>[]>
  /** Resolves once no request is being worked on. */
  idle(): Promise<void>
  close(): Promise<void>
}

export async function serveKillingTarget(): Promise<KillingTarget> {
  const ids = createIdSource(createRandom(7))
  const target = createTarget({ clock: new SystemClock(), ids, anonymous: true })
  const writes: string[] = []
  const working = new Set<Promise<Response>>()
  let trap: Trap | null = null
  let count = 0

  async function answer(request: Request): Promise<Response> {
    count += 1
    const sprung = trap !== null && count === trap.at ? trap : null
    if (sprung?.moment === "received") {
      sprung.kill()
      return new Response(null, { status: 503 })
    }
    const response = await target.fetch(request)
    if (request.method !== "GET") writes.push(`${request.method} ${new URL(request.url).pathname} ${response.status}`)
    if (sprung?.moment === "applied") sprung.kill()
    if (sprung?.moment === "answered") setImmediate(sprung.kill)
    return response
  }

  const server = await serveFetch((request) => {
    const work = answer(request)
    working.add(work)
    return work.finally(() => working.delete(work))
  })
  const baseUrl = `${server.origin}/scim/v2`

  return {
    baseUrl,
    writes,
    setTrap(next) {
      trap = next
      count = 0
    },
    async list(collection) {
      const response = await target.fetch(new Request(`${baseUrl}/${collection}?count=1000`))
      const { Resources } = (await response.json()) as { Resources?: Record<string, unknown>[] }
      return Resources ?? []
    },
    async idle() {
      while (working.size > 0) await Promise.allSettled(working)
    },
    async close() {
      await server.close()
      target.close()
    },
  }
}
