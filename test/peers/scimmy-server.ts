/**
 * SCIMMY (npm: scimmy + scimmy-routers), a SCIM server that we did not write, over a store of two Maps: what a team that
 * embeds the library would write first. Lists are filtered with the library's own `Filter.match`. Nothing here corrects SCIMMY.
 */
import express from "express"
import { randomUUID } from "node:crypto"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { Resources, Schemas, Types } from "scimmy"
import { SCIMMYRouters } from "scimmy-routers"

interface Stored {
  readonly id: string
  readonly meta: { created: Date; lastModified: Date }
  readonly [attribute: string]: unknown
}

interface Asked {
  readonly id?: string
  readonly filter?: { match(values: Stored[]): Stored[] }
}

/** A running SCIMMY server on a free port of the loopback address. */
export interface ScimmyServer {
  readonly url: string
  readonly token: string
  close(): Promise<void>
}

function declare(type: typeof Resources.User | typeof Resources.Group, uniqueAttribute: string): void {
  const stored = new Map<string, Stored>()
  function find(id: string): Stored {
    const found = stored.get(id)
    if (found === undefined) throw new Types.Error(404, "", `Resource ${id} not found`)
    return found
  }
  function ingress(resource: { id?: string }, data: Record<string, unknown>): Stored {
    const before = resource.id === undefined ? undefined : find(resource.id)
    const name = String(data[uniqueAttribute]).toLowerCase()
    for (const other of stored.values()) {
      if (other.id !== before?.id && String(other[uniqueAttribute]).toLowerCase() === name)
        throw new Types.Error(409, "uniqueness", `${uniqueAttribute} is taken`)
    }
    const id = before?.id ?? randomUUID()
    const now = new Date()
    const plain = JSON.parse(JSON.stringify(data)) as Record<string, unknown>
    const after: Stored = { ...plain, id, meta: { created: before?.meta.created ?? now, lastModified: now } }
    stored.set(id, after)
    return after
  }
  Resources.declare(type as never)
  const handlers = type as unknown as {
    ingress(handler: typeof ingress): typeof handlers
    egress(handler: (resource: Asked) => Stored | Stored[]): typeof handlers
    degress(handler: (resource: { id?: string }) => void): typeof handlers
  }
  handlers
    .ingress(ingress)
    .egress(({ id, filter }) => {
      if (id !== undefined) return find(id)
      const all = [...stored.values()]
      return filter?.match(all) ?? all
    })
    .degress((resource) => {
      stored.delete(find(resource.id ?? "").id)
    })
}

/** Starts SCIMMY. Its resource types are declared on the library's own globals: one server a process. */
export async function startScimmy(): Promise<ScimmyServer> {
  const token = "scimmy-test-token"
  declare(Resources.User, "userName")
  Resources.User.extend(Schemas.EnterpriseUser, false)
  declare(Resources.Group, "displayName")
  const app = express()
  app.use(
    "/scim",
    new SCIMMYRouters({
      type: "bearer",
      handler(request: express.Request) {
        if (request.header("authorization") !== `Bearer ${token}`) throw new Error("The bearer token was refused")
        return "provisioning"
      },
    }),
  )
  const server = app.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port.toString()}/scim`,
    token,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    },
  }
}
