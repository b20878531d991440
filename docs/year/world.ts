/** The stage of the year: a tenant, an application, a job and the reference target, on one virtual clock and one seed. */
import type { HttpHandler } from "msw"
import type { HttpRequest, HttpResponse, Transport } from "../../protocol/index.ts"
import {
  type Application,
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  type Group,
  handlerTransport,
  type NewUser,
  type ProvisioningJob,
  type Tenant,
  type User,
  VirtualClock,
  withFaults,
} from "../../simulator/index.ts"
import { createTarget, type TokenControl } from "../../target/index.ts"

/** Where the target is served; nothing listens there. */
export const BASE_URL = "https://orchard.example/scim/v2"
const SEED = 1

/** What happened on the wire. */
export interface Exchange {
  readonly atMs: number
  readonly request: HttpRequest
  readonly response: HttpResponse
}

export interface World {
  readonly clock: VirtualClock
  readonly tenant: Tenant
  readonly app: Application
  readonly job: ProvisioningJob
  /** The tokens that the target accepts. */
  readonly tokens: TokenControl
  /** What stands in for the target, in front of it; replaced as a whole. */
  faults: readonly HttpHandler[]
  /** Sends to the target past job, faults and record, with a token of its own. */
  readonly look: (path: string) => Promise<HttpResponse>
  /** Creates a person with what the mappings read. `name`: given name and surname. */
  hire(name: string, more?: Partial<NewUser>): User
  /** The people and groups that were created, by their first names: live, in the bin or gone. */
  readonly people: ReadonlyMap<string, User>
  person(name: string): User
  group(name: string): Group
  /** What the job sent since the last call. */
  takeExchanges(): readonly Exchange[]
  close(): void
}

/** The token that the job starts with. */
export const FIRST_TOKEN = "spring"
const LOOKERS_TOKEN = "looker"
/** More than this to disable or delete in one cycle is held back. */
export const DELETE_THRESHOLD = 5
export const MAILBOX = "it@orchard.example"

export function openWorld(startMs: number): World {
  const clock = new VirtualClock(startMs)
  const random = createRandom(SEED)
  const tenant = createTenant({
    clock,
    random: random.fork("tenant"),
    ids: createIdSource(random.fork("tenant")),
    domain: "orchard.example",
  })
  const app = tenant.createApplication("Orchard")
  const target = createTarget({
    clock,
    ids: createIdSource(random.fork("target")),
    tokens: [FIRST_TOKEN, LOOKERS_TOKEN],
    baseUrl: BASE_URL,
  })
  const onward = handlerTransport((request) => target.fetch(request), { clock })
  const exchanges: Exchange[] = []
  const people = new Map<string, User>()
  let groups: readonly Group[] = []

  const faulty = withFaults(onward, () => world.faults, { clock })
  const transport: Transport = async (request) => {
    const atMs = clock.now()
    const response = await faulty(request)
    exchanges.push({ atMs, request, response })
    return response
  }
  const job = createProvisioningJob({
    tenant,
    application: app,
    transport,
    clock,
    random: random.fork("job"),
    ids: createIdSource(random.fork("job")),
    baseUrl: BASE_URL,
    token: FIRST_TOKEN,
    settings: { deleteThreshold: DELETE_THRESHOLD, notificationEmail: MAILBOX },
  })
  const world: World = {
    clock,
    tenant,
    app,
    job,
    tokens: target.tokens,
    faults: [],
    look: (path) =>
      onward({
        method: "GET",
        url: BASE_URL + path,
        headers: { authorization: `Bearer ${LOOKERS_TOKEN}` },
        body: null,
      }),
    hire(name, more = {}) {
      const [givenName = name, surname = ""] = name.split(" ")
      const address = `${givenName}.${surname}@orchard.example`.toLowerCase()
      const user = tenant.createUser({
        userPrincipalName: address,
        displayName: name,
        givenName,
        surname,
        mail: address,
        ...more,
      })
      people.set(givenName, user)
      return user
    },
    people,
    person: (name) => found(people.get(name), name),
    group(name) {
      groups = [...tenant.groups()]
      return found(
        groups.find((group) => group.displayName === name),
        name,
      )
    },
    takeExchanges: () => exchanges.splice(0),
    close() {
      job.close()
      tenant.close()
      target.close()
    },
  }
  return world
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The script speaks of ${name} before it creates them.`)
  return value
}
