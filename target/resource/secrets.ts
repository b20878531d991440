/**
 * Passwords and whatever else a schema never returns: only a salted hash is kept. Hashing is slow on purpose and runs on
 * other threads, while a write is done in one go. So a write that meets a secret is given up and undone, the secrets in it
 * are hashed, and it is done again with the hashes at hand. Writes without secrets know nothing of this.
 */
import { scrypt, hash as digest } from "node:crypto"
import { promisify } from "node:util"
import type { IdSource } from "../../protocol/index.ts"
import type { JsonValue } from "../json.ts"
import type { ResourceContext } from "./context.ts"
import type { AttributeShape } from "./shape.ts"

/** New secrets of a resource by attribute; undefined where one is taken away. */
export type Secrets = ReadonlyMap<AttributeShape, JsonValue | undefined>

/** Gives the hash of a secret. */
export type SecretHasher = (secret: string) => string

/** A write met a secret that has not been hashed yet. */
class SecretMetError extends Error {
  override readonly name = "SecretMetError"
}

/** For writes as they come first: they are given up at the first secret. */
export const giveUpAtSecret: SecretHasher = () => {
  throw new SecretMetError("A secret has to be hashed first.")
}

/** Stores the secrets of a resource. The text of one that is no text is its JSON. */
export function storeSecrets({ store, hashSecret }: ResourceContext, seq: number, secrets: Secrets): void {
  for (const [{ label, extension }, value] of secrets) {
    const name = extension === undefined ? label : `${extension}:${label}`
    const text = typeof value === "string" ? prepared(value) : JSON.stringify(value)
    store.secrets.set(seq, name, value === undefined ? undefined : hashSecret(text))
  }
}

/** A password as PRECIS compares it (RFC 8265 §4.2.1): any blank is a space, and Unicode is in composed form. */
function prepared(secret: string): string {
  return secret.replaceAll(/\p{Zs}/gu, " ").normalize("NFC")
}

/** Does a write as one unit when its turn comes, with its secrets hashed; resolves once that is committed. */
export async function enqueueWrite<T>(context: ResourceContext, work: (context: ResourceContext) => T): Promise<T> {
  try {
    return await context.store.enqueue(() => work(context))
  } catch (error) {
    if (!(error instanceof SecretMetError)) throw error
    return await enqueueHashed(context, work)
  }
}

async function enqueueHashed<T>(context: ResourceContext, work: (context: ResourceContext) => T): Promise<T> {
  for (;;) {
    const { secrets, ids } = await collectSecrets(context, work)
    const hashes = await Promise.all(secrets.map((secret) => hashSecret(secret, context.ids.next())))
    try {
      const hashSecret = handingOut(secrets, hashes)
      return await context.store.enqueue(() => work({ ...context, ids: replaying(ids, context.ids), hashSecret }))
    } catch (error) {
      // What is stored has changed meanwhile, and the write goes another way than before: once more.
      if (!(error instanceof SecretMetError)) throw error
    }
  }
}

/** What a write would hash, and the ids it would give: it is done and undone. What refuses it is thrown as it is. */
async function collectSecrets(
  context: ResourceContext,
  work: (context: ResourceContext) => unknown,
): Promise<{ readonly secrets: readonly string[]; readonly ids: readonly string[] }> {
  const secrets: string[] = []
  const ids: string[] = []
  const recording: IdSource = {
    next: () => {
      const id = context.ids.next()
      ids.push(id)
      return id
    },
  }
  const noting: SecretHasher = (secret) => {
    secrets.push(secret)
    return ""
  }
  try {
    const trial = (): never => {
      work({ ...context, ids: recording, hashSecret: noting })
      throw new SecretMetError("The secrets are known now.")
    }
    await context.store.enqueue(trial, { isTrial: true })
  } catch (error) {
    if (!(error instanceof SecretMetError)) throw error
  }
  return { secrets, ids }
}

/** Each hash once, so that the same secret in two places has two salts. */
function handingOut(secrets: readonly string[], hashes: readonly string[]): SecretHasher {
  const ready = new Map<string, string[]>()
  for (const [index, secret] of secrets.entries()) {
    ready.set(secret, [...(ready.get(secret) ?? []), hashes[index] ?? ""])
  }
  return (secret) => ready.get(secret)?.shift() ?? giveUpAtSecret(secret)
}

/** The same ids in the same order, so that what comes when does not hang on how long hashing took. */
function replaying(given: readonly string[], more: IdSource): IdSource {
  const left = [...given]
  return { next: () => left.shift() ?? more.next() }
}

/** Node's own cost: a target that signs nobody in should not spend a bulk job of a thousand people on more. */
const COST = { N: 16_384, r: 8, p: 1 }
const KEY_BYTES = 32

const scryptAsync = promisify<string, string, number, typeof COST, Buffer>(scrypt)

/** `$scrypt$ln=14,r=8,p=1$salt$key`, both in base64url. The salt need not be secret, only never used twice, as ids are. */
async function hashSecret(secret: string, id: string): Promise<string> {
  const salt = digest("sha256", id, "base64url").slice(0, 22)
  const key = await scryptAsync(secret, salt, KEY_BYTES, COST)
  return `$scrypt$ln=${Math.log2(COST.N)},r=${COST.r},p=${COST.p}$${salt}$${key.toString("base64url")}`
}
