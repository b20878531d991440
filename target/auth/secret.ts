/**
 * Secrets that the target makes, and how they are compared. A secret is 256 random bits, so its plain SHA-256 cannot be
 * turned back by trying candidates: salt and stretching protect what people choose, and would cost every request a slow hash.
 */
import { hash, timingSafeEqual } from "node:crypto"
import type { IdSource } from "../../protocol/index.ts"

/** How tokens and client secrets begin: what leaks can be recognised, by people and by secret scanners. */
const PREFIX = "scimulate_"

/**
 * A new secret, as hard to guess as the ids: four UUIDs hold 296 random bits at least, of whichever version they are, which is
 * more than the digest lets through.
 */
export function newSecret(ids: IdSource): string {
  return `${PREFIX}${hash("sha256", `${ids.next()}${ids.next()}${ids.next()}${ids.next()}`, "base64url")}`
}

/** What is kept of a secret, and looked up by: its SHA-256 in hex. */
export function digestOf(secret: string): string {
  return hash("sha256", secret, "hex")
}

/** Compares two digests in a time that does not depend on where they differ. */
export function isSameDigest(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left, "latin1"), Buffer.from(right, "latin1"))
}
