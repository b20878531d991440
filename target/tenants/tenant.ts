/**
 * One tenant: a database of its own, and everything that works on it. Tenants share code and catalogue, and no data: what
 * is asked of one cannot reach the rows of another, whatever the request says.
 */
import { AsyncLocalStorage } from "node:async_hooks"
import type { Clock, IdSource, ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import { AuditLog } from "../audit/audit-log.ts"
import { AuditTrail } from "../audit/audit-trail.ts"
import { AddressList, callerOf } from "../auth/addresses.ts"
import type { Peer } from "../auth/addresses.ts"
import type { TokenSource } from "../auth/bearer.ts"
import { Credentials } from "../auth/credentials.ts"
import { Gate } from "../auth/gate.ts"
import { Guard } from "../auth/guard.ts"
import { acceptJwts } from "../auth/jwt.ts"
import { Assertions } from "../auth/oauth/assertions.ts"
import { findOAuthClient } from "../auth/oauth/clients.ts"
import type { ConfiguredClient } from "../auth/oauth/clients.ts"
import { answerTokenRequest } from "../auth/oauth/token-endpoint.ts"
import type { RateLimit } from "../auth/rate-limit.ts"
import type { TokenRegistry } from "../auth/tokens.ts"
import { findDefect } from "../defects/index.ts"
import type { FetchHandler } from "../defects/index.ts"
import type { JsonObject } from "../json.ts"
import type { Limits } from "../limits.ts"
import { Memo } from "../memo.ts"
import type { ResourceContext } from "../resource/context.ts"
import { giveUpAtSecret } from "../resource/secrets.ts"
import { seedResources } from "../resource/seed.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { createApp } from "../routes/app.ts"
import type { App } from "../routes/app.ts"
import { answerError } from "../routes/exchange.ts"
import { toResponse } from "../routes/fetch-call.ts"
import type { Catalogue } from "../schemas/catalogue.ts"
import { catalogueRecord } from "../schemas/record.ts"
import { ScimError } from "../scim-error.ts"
import { CredentialStore } from "../store/credential-store.ts"
import { openDatabase } from "../store/database.ts"
import type { Database } from "../store/database.ts"
import { ResourceStore } from "../store/resource-store.ts"
import type { Tolerances } from "../tolerances.ts"
import type { TenantSettings } from "./settings.ts"

/** What the tenants of a server have in common. */
export interface SharedService {
  readonly clock: Clock
  readonly ids: IdSource
  /** What was chosen to be served: a database remembers it. */
  readonly catalogue: Catalogue
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
  readonly shapes: readonly ResourceShape[]
  readonly tolerances: Tolerances
  readonly limits: Limits
  /** Tokens of the server's administrators: known everywhere, so that using one in the wrong place is told. */
  readonly administrators: TokenSource
  readonly trustedProxies?: AddressList
  /** For tenants that have no limit of their own. */
  readonly rateLimit?: RateLimit
  /** Whether writes and refusals are written down. */
  readonly audited: boolean
  /** Fetches the keys of issuers of signed tokens. */
  readonly fetch: (url: string) => Promise<Response>
  readonly onLimited: () => void
  readonly onUnexpected: (error: unknown) => void
}

export interface TenantOptions {
  readonly name: string
  /** A file, or `:memory:`. */
  readonly db: string
  readonly basePath: string
  readonly baseUrl?: string
  /** Tokens beside those in the database. Without it nobody has to authenticate. */
  readonly tokens?: TokenRegistry
  readonly clients?: readonly ConfiguredClient[]
  readonly defects?: readonly string[]
  readonly seed?: readonly JsonObject[]
}

/** Clients of a tenant are few: their tokens are told apart without hashing them at each request. */
const DIGESTS = 100

export class Tenant {
  readonly name: string
  readonly store: ResourceStore
  readonly credentials: Credentials
  readonly audit: AuditLog
  readonly database: Database
  readonly #options: TenantOptions
  readonly #shared: SharedService
  readonly #trail: AuditTrail | undefined
  readonly #app: App
  readonly #assertions: Assertions
  readonly #peers = new AsyncLocalStorage<Peer | undefined>()
  #gate: Gate
  #addresses: AddressList | undefined
  #defects: readonly string[] = []
  #faulty: FetchHandler | undefined

  /** @throws RangeError for an unknown defect; Error for a database of another version, or open elsewhere. */
  constructor(options: TenantOptions, shared: SharedService) {
    // Before the file is taken.
    for (const name of options.defects ?? []) mustFindDefect(name)
    const { clock, ids, onUnexpected } = shared
    this.name = options.name
    this.#options = options
    this.#shared = shared
    this.database = openDatabase(options.db, catalogueRecord(shared.catalogue))
    this.store = new ResourceStore(this.database)
    const enqueue = <T>(work: () => T): Promise<T> => this.store.enqueue(work)
    const store = new CredentialStore(this.database)
    this.credentials = new Credentials({ store, clock, ids, enqueue, onUnexpected })
    this.#assertions = new Assertions(this.credentials, shared)
    this.audit = new AuditLog(this.database, clock)
    this.#trail = shared.audited
      ? new AuditTrail({ log: this.audit, kind: "scim", clock, enqueue, onUnexpected })
      : undefined
    this.#gate = this.#createGate({})
    this.#app = this.#createApp()
    this.defects = options.defects ?? []
  }

  /** Answers a request to a SCIM endpoint. */
  fetch(request: Request, peer: Peer | undefined): Response | Promise<Response> {
    const refusal = this.refuseStranger(request, peer, this.#addresses)
    if (refusal !== undefined) return refusal
    const faulty = this.#faulty
    // A defect hands on requests of its own making: where they came from is remembered beside them.
    return faulty === undefined ? this.#app.fetch(request, peer) : this.#peers.run(peer, () => faulty(request))
  }

  /** What answers calls as they stand; undefined while requests have to be looked at, or spoilt, before. */
  get plainly(): App["answer"] | undefined {
    return this.#addresses === undefined && this.#faulty === undefined ? this.#app.answer : undefined
  }

  /** Answers a request to the token endpoint. */
  async issueToken(request: Request, peer: Peer | undefined): Promise<Response> {
    const refusal = this.refuseStranger(request, peer, this.#addresses)
    if (refusal !== undefined) return refusal
    const { clients = [], tokens } = this.#options
    const { clock, ids, tolerances, onUnexpected } = this.#shared
    const find = { clients, tokens, credentials: this.credentials, clock, ids }
    return answerTokenRequest(request, {
      proveAssertion: (id, assertion) => this.#assertions.prove(id, assertion),
      findClient: (proof) => findOAuthClient(proof, find),
      mayUseBoth: tolerances.clientCredentialsTwice,
      enqueue: (work) => this.store.enqueue(work),
      takeRefusal: () => this.#gate.takeRefusal(),
      takeRequest: () => this.#gate.takeRequest(),
      onAnswered: (client, status, detail) =>
        this.#recordTokenRequest(this.#callerOf(request, peer), client, status, detail),
      onUnexpected,
    })
  }

  /** An answer for who calls from an address that is not in the list, if there is one. An unknown address is in no list. */
  refuseStranger(request: Request, peer: Peer | undefined, addresses: AddressList | undefined): Response | undefined {
    if (addresses === undefined) return undefined
    const address = this.#callerOf(request, peer)
    if (address !== undefined && addresses.includes(address)) return undefined
    const refusal = new ScimError(403, "This address may not call here.")
    const resource = URL.parse(request.url)?.pathname.slice(1) ?? ""
    const { status, message: detail } = refusal
    this.#trail?.refused({ actor: "unknown", address }, { method: request.method, resource, status, detail })
    return toResponse(answerError(refusal, this.#shared.onUnexpected))
  }

  /** How many bearer tokens are accepted now. */
  liveTokens(): number {
    return (this.#options.tokens?.live() ?? 0) + this.credentials.live()
  }

  /** Lets other settings hold from the next request on. */
  configure(settings: TenantSettings): void {
    this.#gate = this.#createGate(settings)
    this.#addresses = settings.allowedAddresses && new AddressList(settings.allowedAddresses)
  }

  /** Names of the defects that are on, the first outermost. */
  get defects(): readonly string[] {
    return this.#defects
  }

  /** @throws RangeError for an unknown one */
  set defects(names: readonly string[]) {
    const chosen = names.map(mustFindDefect)
    const serve: FetchHandler = async (request) => this.#app.fetch(request, this.#peers.getStore())
    const { clock } = this.#shared
    this.#defects = names
    this.#faulty = chosen.length === 0 ? undefined : chosen.reduceRight((next, one) => one.wrap(next, { clock }), serve)
  }

  /** Closes the database; what is waiting is done first. A second time nothing happens. */
  close(): void {
    if (!this.database.open) return
    this.store.atomically(() => this.credentials.flush())
    this.store.close()
  }

  #createApp(): App {
    const { basePath, baseUrl, seed = [] } = this.#options
    const { clock, ids, types, schemas, shapes, tolerances, limits, trustedProxies, onUnexpected } = this.#shared
    const uniqueNames = new Set(tolerances.uniqueGroupNames ? ["Group.displayName"] : [])
    const resources: ResourceContext = {
      store: this.store,
      clock,
      ids,
      tolerances,
      uniqueNames,
      hashSecret: giveUpAtSecret,
      limits,
    }
    seedResources(resources, shapes, seed)
    const guard = new Guard({
      gate: () => this.#gate,
      ...(this.#trail !== undefined && { trail: this.#trail }),
      ...(trustedProxies !== undefined && { trustedProxies }),
    })
    const made = { basePath, ...(baseUrl !== undefined && { baseUrl }), guard, resources, shapes, types, schemas }
    return createApp({ ...made, onUnexpected })
  }

  #createGate({ rateLimit = this.#shared.rateLimit, jwt }: TenantSettings): Gate {
    const { clock, fetch, administrators, onLimited } = this.#shared
    const { tokens } = this.#options
    const authenticator = tokens && {
      digests: new Memo<string>(DIGESTS),
      sources: [tokens, administrators, this.credentials],
      ...(jwt !== undefined && { signed: acceptJwts(jwt, { clock, fetch }) }),
    }
    return new Gate({
      clock,
      onLimited,
      ...(authenticator !== undefined && { authenticator }),
      ...(rateLimit !== undefined && { rateLimit }),
    })
  }

  #callerOf(request: Request, peer: Peer | undefined): string | undefined {
    return callerOf(peer, () => request.headers.get("x-forwarded-for"), this.#shared.trustedProxies)
  }

  #recordTokenRequest(address: string | undefined, client: string, status: number, detail: string): void {
    const actor = client === "unknown" ? client : `client:${client}`
    const isIssued = status === 200
    if (isIssued && this.#shared.audited) {
      const event = { kind: "scim", actor, action: "token.issue", resource: `clients/${client}` } as const
      this.audit.record({ ...event, status, address, detail })
    }
    if (!isIssued) this.#trail?.refused({ actor, address }, { method: "POST", resource: "oauth/token", status, detail })
  }
}

function mustFindDefect(name: string): NonNullable<ReturnType<typeof findDefect>> {
  const found = findDefect(name)
  if (found === undefined) throw new RangeError(`There is no defect called ${name}.`)
  return found
}
