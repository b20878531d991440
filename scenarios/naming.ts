/**
 * Names that nobody else has. Whatever a run creates carries the run's id and the case's name, so that cases keep apart on
 * a shared endpoint and `scimulate clean` can tell what a crashed run left behind.
 */
import { createRandom } from "../simulator/index.ts"

const ID_LETTERS = "abcdefghijklmnopqrstuvwxyz"
const ID_CHARACTERS = `${ID_LETTERS}0123456789`
const ID_LENGTH = 7
/** With word, run id and number this keeps the local part of an address under the 64 characters of RFC 5321 §4.5.3.1.1. */
const CASE_LENGTH_MAX = 32

/** The run's id: seven characters, a function of the seed alone. Starts with a letter. */
export function runIdOf(seed: number): string {
  const random = createRandom(seed).fork("run id")
  let id = ID_LETTERS.charAt(random.int(ID_LETTERS.length))
  while (id.length < ID_LENGTH) id += ID_CHARACTERS.charAt(random.int(ID_CHARACTERS.length))
  return id
}

/** The case's part of a name: its key in lower-case letters, digits and hyphens; a long one keeps its start and a checksum. */
export function caseNamePart(key: string): string {
  const slug = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
  if (slug.length <= CASE_LENGTH_MAX) return slug
  const sum = checksum(key)
  return `${slug.slice(0, CASE_LENGTH_MAX - sum.length - 1).replace(/-$/, "")}-${sum}`
}

/** What tells the case's copy of a given name from everybody else's: the run's id, and few letters for the case. */
export function caseMark(runId: string, key: string): string {
  return `${runId}-${checksum(key)}`
}

/** A domain of the case alone, for the directory of its tenant; short enough for a user principal name (48 characters). */
export function caseDomain(runId: string, key: string): string {
  return `${caseMark(runId, key)}.example.com`
}

/** FNV-1a in base 36, five characters: short, and the same everywhere. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36).padStart(7, "0").slice(-5)
}
