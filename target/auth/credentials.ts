/**
 * Credentials that outlive the process: long-lived bearer tokens, and OAuth clients. Of each at most two secrets are live at
 * once, so that a new one can be put in place before the old one ends. Which secrets were accepted is remembered, so that a
 * request costs no query; every change forgets that.
 */
import type { Clock, IdSource } from "../../protocol/index.ts"
import type {
  CredentialKind,
  CredentialStore,
  SecretUse,
  StoredCredential,
  StoredSecret,
} from "../store/credential-store.ts"
import { ROLES } from "./access.ts"
import type { Access, Role } from "./access.ts"
import { federationSchema } from "./federation.ts"
import type { Federation } from "./federation.ts"
import { digestOf, isSameDigest, newSecret } from "./secret.ts"

const DAY_MS = 86_400_000
/** A secret lives a year unless told, and three years at most: what Microsoft asks of client secrets (WIRE-026). */
export const DEFAULT_SECRET_LIFETIME_MS = 365 * DAY_MS
export const MAX_SECRET_LIFETIME_MS = 3 * 365 * DAY_MS
/** How long the secret before goes on after a rotation, unless told. */
export const DEFAULT_OVERLAP_MS = DAY_MS
/** Lifetimes of access tokens: between 60 minutes and 6 hours (WIRE-026). */
export const MIN_ACCESS_TOKEN_LIFETIME_MS = 60 * 60_000
export const MAX_ACCESS_TOKEN_LIFETIME_MS = 6 * 60 * 60_000

/** So many accepted secrets are remembered. */
const CACHE_SIZE = 10_000
/** When a secret was used last is kept to the minute: a write a request would cost more than the request. */
const LAST_USED_STEP_MS = 60_000

/** A new credential or a new secret: the only time that the secret is seen. A client that is proven by assertions has none. */
export interface NewSecret {
  readonly credential: CredentialInfo
  readonly secret?: string
}

/** A credential as it is listed. */
export interface CredentialInfo extends StoredCredential {
  /** The oldest first. */
  readonly secrets: readonly SecretInfo[]
}

export type SecretInfo = Pick<StoredSecret, "id" | "created" | "expires" | "lastUsed">

export interface CredentialOptions {
  readonly label: string
  readonly role: Role
  /** Milliseconds that the secret lives. */
  readonly secretLifetimeMs?: number
  /** Milliseconds that access tokens live: of clients only. */
  readonly accessTokenLifetimeMs?: number
  /** Whose assertions prove this client, in place of a secret. */
  readonly federation?: Federation | undefined
  /** Id of the User that a token is made for. */
  readonly subject?: string
}

interface Remembered {
  readonly digest: string
  readonly secret: string
  readonly access: Access
  readonly expires: number
  lastUsed: number | null
  /** The last use that the database knows. */
  storedUse: number | null
}

export interface CredentialsOptions {
  readonly store: CredentialStore
  readonly clock: Clock
  readonly ids: IdSource
  /** Does the work as one unit of the database, together with the other writes. */
  readonly enqueue: (work: () => void) => Promise<void>
  readonly onUnexpected: (error: unknown) => void
}

export class Credentials {
  readonly #store: CredentialStore
  readonly #clock: Clock
  readonly #ids: IdSource
  readonly #enqueue: CredentialsOptions["enqueue"]
  readonly #onUnexpected: (error: unknown) => void
  readonly #remembered = new Map<string, Remembered>()

  constructor({ store, clock, ids, enqueue, onUnexpected }: CredentialsOptions) {
    this.#store = store
    this.#clock = clock
    this.#ids = ids
    this.#enqueue = enqueue
    this.#onUnexpected = onUnexpected
  }

  /** Makes a credential with its first secret. Has to run as a unit of the store, as every change here. */
  create(kind: CredentialKind, options: CredentialOptions): NewSecret {
    const { label, role, secretLifetimeMs, federation, subject = null } = options
    const { accessTokenLifetimeMs = MIN_ACCESS_TOKEN_LIFETIME_MS } = options
    const id = this.#ids.next()
    const lifetime = kind === "client" ? accessTokenLifetimeMs : null
    const trusted = federation === undefined ? null : JSON.stringify(federation)
    this.#store.insert({ id, kind, label, role, lifetime, federation: trusted, subject, created: this.#clock.now() })
    if (federation === undefined) return this.#addSecret({ kind, id, role }, secretLifetimeMs)
    return { credential: this.#mustFind(kind, id) }
  }

  list(kind: CredentialKind): readonly CredentialInfo[] {
    const uses = this.#uses()
    return this.#store.all(kind).map((credential) => this.#describe(credential, uses))
  }

  find(kind: CredentialKind, id: string): CredentialInfo | undefined {
    const credential = this.#store.find(kind, id)
    return credential && this.#describe(credential, this.#uses())
  }

  /**
   * Makes a new secret. The newest one before goes on for `overlapMs`; those before it end at once, so that never more than
   * two are live. Undefined where there is no such credential, or it has no secrets.
   */
  rotate(
    kind: CredentialKind,
    id: string,
    { overlapMs = DEFAULT_OVERLAP_MS, secretLifetimeMs }: { overlapMs?: number; secretLifetimeMs?: number },
  ): NewSecret | undefined {
    const credential = this.#store.find(kind, id)
    if (credential === undefined || credential.federation !== null) return undefined
    const now = this.#clock.now()
    const before = this.#store.secretsOf(id, useOf(kind))
    const kept = overlapMs > 0 ? before.findLast(({ expires }) => expires > now) : undefined
    for (const secret of before) if (secret !== kept) this.#store.removeSecret(id, secret.id)
    if (kept !== undefined) this.#store.limit(kept.id, Math.min(kept.expires, now + overlapMs))
    this.#forget()
    return this.#addSecret({ kind, id, role: toRole(credential.role) }, secretLifetimeMs)
  }

  /** Ends a credential with all its secrets; false where there is none. */
  revoke(kind: CredentialKind, id: string): boolean {
    if (this.#store.find(kind, id) === undefined) return false
    this.#forget()
    this.#store.remove(id)
    return true
  }

  /** Ends one of a credential's secrets; false where there is none. */
  revokeSecret(kind: CredentialKind, id: string, secret: string): boolean {
    if (!(this.find(kind, id)?.secrets.some((one) => one.id === secret) ?? false)) return false
    this.#forget()
    this.#store.removeSecret(id, secret)
    return true
  }

  /** The client of that id that is proven by assertions, and whose they must be. */
  federatedClient(id: string): { readonly client: StoredCredential; readonly federation: Federation } | undefined {
    const client = this.#store.find("client", id)
    if (client === undefined || client.federation === null) return undefined
    return { client, federation: federationSchema.parse(JSON.parse(client.federation)) }
  }

  /** The client that has this secret, and the secret's id. */
  clientBy(id: string, secret: string): { readonly client: StoredCredential; readonly secretId: string } | undefined {
    const found = this.#store.findSecret(digestOf(secret), "client")
    if (found === undefined || found.credential !== id || found.expires <= this.#clock.now()) return undefined
    const client = this.#store.find("client", id)
    return client && { client, secretId: found.id }
  }

  /** Makes an access token for a client, who proved itself by that secret if by one; expired tokens are forgotten on the way. */
  issueAccessToken(
    { id, lifetime }: StoredCredential,
    role: Role,
    secretId: string | undefined,
  ): { readonly token: string; readonly lifetimeMs: number } {
    const now = this.#clock.now()
    if (secretId !== undefined) this.#store.noteUse(secretId, now)
    const lifetimeMs = lifetime ?? MIN_ACCESS_TOKEN_LIFETIME_MS
    this.#store.purgeAccessTokens(now)
    const token = newSecret(this.#ids)
    const made = { id: this.#ids.next(), credential: id, use: "bearer", role, created: now } as const
    this.#store.insertSecret({ ...made, expires: now + lifetimeMs }, digestOf(token))
    return { token, lifetimeMs }
  }

  /** Whose bearer token has that digest, while it lives. */
  accessBy(digest: string): Access | undefined {
    const known = this.#remembered.get(digest) ?? this.#recall(digest)
    if (known === undefined || !isSameDigest(known.digest, digest)) return undefined
    const now = this.#clock.now()
    if (now >= known.expires) return undefined
    known.lastUsed = now
    if (known.storedUse === null || now - known.storedUse >= LAST_USED_STEP_MS) this.#keepUse(known)
    return known.access
  }

  /** How many bearer tokens are live. */
  live(): number {
    return this.#store.countLive(this.#clock.now())
  }

  /** Keeps the uses that the database does not know yet. */
  flush(): void {
    for (const known of this.#remembered.values()) {
      if (known.lastUsed !== null && known.lastUsed !== known.storedUse) {
        this.#store.noteUse(known.secret, known.lastUsed)
        known.storedUse = known.lastUsed
      }
    }
  }

  #addSecret(
    { kind, id, role }: { kind: CredentialKind; id: string; role: Role },
    lifetimeMs = DEFAULT_SECRET_LIFETIME_MS,
  ): NewSecret {
    const now = this.#clock.now()
    const secret = newSecret(this.#ids)
    const made = { id: this.#ids.next(), credential: id, use: useOf(kind), role, created: now }
    this.#store.insertSecret({ ...made, expires: now + lifetimeMs }, digestOf(secret))
    return { credential: this.#mustFind(kind, id), secret }
  }

  #mustFind(kind: CredentialKind, id: string): CredentialInfo {
    const credential = this.find(kind, id)
    if (credential === undefined) throw new Error(`The credential ${id} was not stored.`)
    return credential
  }

  /** When secrets were used last, as far as that is remembered. */
  #uses(): ReadonlyMap<string, number | null> {
    return new Map([...this.#remembered.values()].map(({ secret, lastUsed }) => [secret, lastUsed]))
  }

  #describe(credential: StoredCredential, uses: ReadonlyMap<string, number | null>): CredentialInfo {
    const now = this.#clock.now()
    const secrets = this.#store
      .secretsOf(credential.id, useOf(credential.kind))
      .filter(({ expires }) => expires > now)
      .map(({ id, created, expires, lastUsed }) => ({ id, created, expires, lastUsed: uses.get(id) ?? lastUsed }))
    return { ...credential, secrets }
  }

  #recall(digest: string): Remembered | undefined {
    const found = this.#store.findSecret(digest, "bearer")
    if (found === undefined || found.expires <= this.#clock.now()) return undefined
    const { id: secret, credential, kind, role, subject, expires, lastUsed } = found
    const actor = `${kind}:${credential}`
    const access: Access = { actor, role: toRole(role), ...(subject !== null && { subject }) }
    const known = { digest, secret, access, expires, lastUsed, storedUse: lastUsed }
    if (this.#remembered.size >= CACHE_SIZE) this.#forget()
    this.#remembered.set(digest, known)
    return known
  }

  #forget(): void {
    this.flush()
    this.#remembered.clear()
  }

  #keepUse(known: Remembered): void {
    const { secret, lastUsed } = known
    known.storedUse = lastUsed
    if (lastUsed === null) return
    this.#enqueue(() => this.#store.noteUse(secret, lastUsed)).catch(this.#onUnexpected)
  }
}

function useOf(kind: CredentialKind): SecretUse {
  return kind === "token" ? "bearer" : "client"
}

function toRole(text: string): Role {
  const role = ROLES.find((one) => one === text)
  if (role === undefined) throw new Error(`The database names a role that does not exist: ${text}.`)
  return role
}
