/** Engines that are broken on purpose, through the seams that a job is started by. The model must find each of them. */
import { headerOf, type HttpRequest, type HttpResponse, type Transport } from "../../protocol/index.ts"
import { parseJson } from "../../scenarios/answer.ts"
import { isArray, isObject, readPath } from "../../scenarios/path-value.ts"
import type { GivenSettings, ProvisioningMappings, Tenant } from "../../simulator/index.ts"
import { EVERY_ACTION } from "./rules.ts"
import { textAt } from "./text-at.ts"

/** What stands between an engine and its surroundings. */
export interface EngineMutant {
  /** Settings that hold whatever an administrator sets. */
  readonly settings?: GivenSettings
  readonly mappings?: (mappings: ProvisioningMappings) => ProvisioningMappings
  readonly transport?: (transport: Transport) => Transport
  readonly tenant?: (tenant: Tenant) => Tenant
}

export interface Broken {
  /** Defects of the target, by name. */
  readonly defects?: readonly string[]
  readonly engine?: EngineMutant
}

const DONE: HttpResponse = { status: 204, headers: {}, body: null }
const FOREVER_MS = 1e12

export const ENGINE_MUTANTS = {
  "gives an object up after one retry": { settings: { escrow: { lifeMs: 0 } } },
  "never leaves a quarantine": { settings: { quarantine: { firstDelayMs: FOREVER_MS, longestDelayMs: FOREVER_MS } } },
  "never makes anew what vanished from the target": { settings: { vanishedTarget: "invalidAnchor" } },
  "holds no deletion back": { settings: { deleteThreshold: null } },
  "does not know SkipOutOfScopeDeletions": { settings: { skipOutOfScopeDeletions: false } },
  "disables where the application knows no soft delete": { settings: { supportsSoftDelete: true } },
  "does not heed the target object actions": {
    mappings: ({ user, group }) => ({
      user: { ...user, actions: EVERY_ACTION },
      group: { ...group, actions: EVERY_ACTION },
    }),
  },
  "sends no disable": { transport: withoutSending(({ method, body }) => method === "PATCH" && setsInactive(body)) },
  "takes nobody out of a group": {
    transport: withoutSending(({ method, url, body }) => {
      const isOfGroup = method === "PATCH" && url.includes("/Groups/")
      return isOfGroup && /"op":"remove"/i.test(body ?? "")
    }),
  },
  "does not look for what a lost create has left": { transport: withoutLookingAgain },
  "writes what is there already": { transport: withoutReading("displayName") },
  "goes on behind a cycle that broke off": { tenant: withoutLookingBack },
  "looks at nobody when it is restarted": { tenant: withoutSecondLook },
} as const satisfies Record<string, EngineMutant>

/** Takes requests for done that are never sent. */
function withoutSending(isLeftOut: (request: HttpRequest) => boolean): (transport: Transport) => Transport {
  return (transport) => async (request) => (isLeftOut(request) ? DONE : transport(request))
}

function setsInactive(body: string | null): boolean {
  const operations = readPath(parseJson(body ?? ""), "Operations")
  return (
    isArray(operations) &&
    operations.some(
      (operation) => /"active"/.test(JSON.stringify(operation)) && /false/i.test(JSON.stringify(operation)),
    )
  )
}

/** Finds nobody any more whose create was not answered. */
function withoutLookingAgain(transport: Transport): Transport {
  const lost = new Set<string>()
  return async (request) => {
    const filter = new URL(request.url).searchParams.get("filter")
    if (request.method === "GET" && [...lost].some((name) => filter?.includes(name))) {
      return { status: 200, headers: {}, body: JSON.stringify({ totalResults: 0, Resources: [] }) }
    }
    try {
      return await transport(request)
    } catch (error) {
      const name = request.method === "POST" ? textAt(parseJson(request.body ?? ""), "userName") : undefined
      if (name !== undefined) lost.add(name)
      throw error
    }
  }
}

/** Does not see an attribute of what it reads. */
function withoutReading(name: string): (transport: Transport) => Transport {
  return (transport) => async (request) => {
    const response = await transport(request)
    const body = request.method === "GET" ? parseJson(response.body ?? "") : undefined
    if (!isObject(body) || headerOf(response, "content-type") === undefined) return response
    const seen = Object.entries(body).filter(([attribute]) => attribute !== name)
    return { ...response, body: JSON.stringify(Object.fromEntries(seen)) }
  }
}

/** Asks for changes since the end of the window before, whether that was dealt with or not. */
function withoutLookingBack(tenant: Tenant): Tenant {
  let [before, last] = [0, 0]
  return replaced(tenant, "changesSince", (since: number, until: number) => {
    if (until !== last) [before, last] = [last, until]
    return tenant.changesSince(Math.max(since, before), until)
  })
}

/** Is shown everything once for each object type, and nothing after that. */
function withoutSecondLook(tenant: Tenant): Tenant {
  let asked = 0
  return replaced(tenant, "ids", (objectType: "User" | "Group") => {
    asked += 1
    return asked > 2 ? [] : tenant.ids(objectType)
  })
}

/** The tenant with one of its methods replaced. */
function replaced(tenant: Tenant, name: "changesSince" | "ids", method: unknown): Tenant {
  return new Proxy(tenant, {
    get(target, property) {
      if (property === name) return method
      const value: unknown = Reflect.get(target, property)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
}
