/** Credentials and their secrets in SQLite. Nothing here knows a rule about them; a secret itself never gets this far. */
import type { Database, Statement } from "better-sqlite3"

/** `token`: a long-lived bearer token. `client`: an OAuth client, with secrets of its own and access tokens made for it. */
export type CredentialKind = "token" | "client"

/** `bearer`: sent as a bearer token. `client`: proves who a client is, at the token endpoint alone. */
export type SecretUse = "bearer" | "client"

/** Who may authenticate. Instants are epoch milliseconds. */
export interface StoredCredential {
  readonly id: string
  readonly kind: CredentialKind
  readonly label: string
  readonly role: string
  /** Milliseconds that an access token of this client lives; null for tokens. */
  readonly lifetime: number | null
  /** JSON text: whose assertions prove this client in place of a secret; null for tokens, and for clients with secrets. */
  readonly federation: string | null
  /** Id of the User that a token was made for; null for most. */
  readonly subject: string | null
  readonly created: number
}

/** One secret of a credential, without the secret. */
export interface StoredSecret {
  readonly id: string
  readonly credential: string
  readonly use: SecretUse
  readonly role: string
  readonly created: number
  readonly expires: number
  readonly lastUsed: number | null
}

/** A secret that was asked for, with what of its credential says whose it is. */
export type FoundSecret = StoredSecret & Pick<StoredCredential, "kind" | "subject">

const SECRET_COLUMNS = "id, credential, use, role, created, expires, last_used AS lastUsed"

interface Statements {
  readonly insert: Statement<[string, string, string, string, number | null, string | null, string | null, number]>
  readonly insertSecret: Statement<[string, string, string, string, string, number, number]>
  readonly all: Statement<[string], StoredCredential>
  readonly one: Statement<[string, string], StoredCredential>
  readonly secrets: Statement<[string, string], StoredSecret>
  readonly byDigest: Statement<[string, string], FoundSecret>
  readonly limit: Statement<[number, string]>
  readonly use: Statement<[number, string]>
  readonly remove: Statement<[string]>
  readonly removeSecret: Statement<[string, string]>
  readonly purge: Statement<[number]>
  readonly live: Statement<[number], number>
}

export class CredentialStore {
  readonly #database: Database
  #prepared: Statements | undefined

  constructor(database: Database) {
    this.#database = database
  }

  insert({ id, kind, label, role, lifetime, federation, subject, created }: StoredCredential): void {
    this.#statements.insert.run(id, kind, label, role, lifetime, federation, subject, created)
  }

  insertSecret({ id, credential, use, role, created, expires }: Omit<StoredSecret, "lastUsed">, digest: string): void {
    this.#statements.insertSecret.run(digest, id, credential, use, role, created, expires)
  }

  /** In the order of their creation. */
  all(kind: CredentialKind): readonly StoredCredential[] {
    return this.#statements.all.all(kind)
  }

  find(kind: CredentialKind, id: string): StoredCredential | undefined {
    return this.#statements.one.get(kind, id)
  }

  /** The secrets of a credential, the oldest first, expired ones too. */
  secretsOf(credential: string, use: SecretUse): readonly StoredSecret[] {
    return this.#statements.secrets.all(credential, use)
  }

  /** The secret with that digest. */
  findSecret(digest: string, use: SecretUse): FoundSecret | undefined {
    return this.#statements.byDigest.get(digest, use)
  }

  /** Lets a secret expire at that instant. */
  limit(secret: string, expires: number): void {
    this.#statements.limit.run(expires, secret)
  }

  /** Keeps when a secret was used last. */
  noteUse(secret: string, at: number): void {
    this.#statements.use.run(at, secret)
  }

  /** Removes a credential with all its secrets. */
  remove(id: string): void {
    this.#statements.remove.run(id)
  }

  removeSecret(credential: string, secret: string): void {
    this.#statements.removeSecret.run(credential, secret)
  }

  /** Forgets access tokens that have expired: they are made by the thousand, and nobody lists them. */
  purgeAccessTokens(now: number): void {
    this.#statements.purge.run(now)
  }

  /** How many bearer secrets have not expired. */
  countLive(now: number): number {
    return this.#statements.live.get(now) ?? 0
  }

  /** Prepared when first needed: most targets in memory never ask. */
  get #statements(): Statements {
    return (this.#prepared ??= prepare(this.#database))
  }
}

function prepare(database: Database): Statements {
  return {
    insert: database.prepare(
      "INSERT INTO credential (id, kind, label, role, lifetime, federation, subject, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    insertSecret: database.prepare(
      "INSERT INTO credential_secret (digest, id, credential, use, role, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    all: database.prepare("SELECT * FROM credential WHERE kind = ? ORDER BY created, id"),
    one: database.prepare("SELECT * FROM credential WHERE kind = ? AND id = ?"),
    secrets: database.prepare(
      `SELECT ${SECRET_COLUMNS} FROM credential_secret WHERE credential = ? AND use = ? ORDER BY seq`,
    ),
    byDigest: database.prepare(
      `SELECT s.id, s.credential, s.use, s.role, s.created, s.expires, s.last_used AS lastUsed, c.kind, c.subject
       FROM credential_secret s JOIN credential c ON c.id = s.credential WHERE s.digest = ? AND s.use = ?`,
    ),
    limit: database.prepare("UPDATE credential_secret SET expires = ? WHERE id = ?"),
    use: database.prepare("UPDATE credential_secret SET last_used = ? WHERE id = ?"),
    remove: database.prepare("DELETE FROM credential WHERE id = ?"),
    removeSecret: database.prepare("DELETE FROM credential_secret WHERE credential = ? AND id = ?"),
    purge: database.prepare(
      `DELETE FROM credential_secret WHERE use = 'bearer' AND expires <= ?
       AND credential IN (SELECT id FROM credential WHERE kind = 'client')`,
    ),
    live: database
      .prepare<[number], number>("SELECT count(*) FROM credential_secret WHERE use = 'bearer' AND expires > ?")
      .pluck(),
  }
}
