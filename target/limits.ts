/**
 * How much a request may ask of the target. What exceeds a limit is refused with a SCIM error before any work is done for
 * it; docs/target-limits.md says which error, and a test keeps both equal. Where the ServiceProviderConfig has a field for a
 * limit, it says it.
 */
import { nearest } from "../protocol/index.ts"
import type { FilterLimits } from "../protocol/index.ts"

export interface Limits {
  /** Bytes in a request's body. 413. */
  readonly maxBodyBytes: number
  /** How deep objects and arrays may nest in a body. 400 invalidSyntax. */
  readonly maxJsonDepth: number
  /** Characters in a filter or a PATCH path. 400 invalidFilter or invalidPath. */
  readonly maxFilterLength: number
  /** How deep parentheses, `not` and brackets may nest in a filter. 400 invalidFilter. */
  readonly maxFilterDepth: number
  /** Comparisons in a filter. 400 invalidFilter. */
  readonly maxFilterTerms: number
  /** Resources in a page where the client names no count: pagination.defaultPageSize. */
  readonly defaultPageSize: number
  /** The most resources in a page, whatever the client asks: filter.maxResults and pagination.maxPageSize. */
  readonly maxPageSize: number
  /** Members that one request may name, 413, or that the filter of a PATCH path may remove, 400 tooMany. */
  readonly maxMembers: number
  /** Values in a list attribute of one resource (members are no such list), and names in a projection. 400 invalidValue. */
  readonly maxElements: number
  /** Operations in a PATCH; one without a path counts as many as the attributes it names. 413. */
  readonly maxPatchOperations: number
  /** Operations in a bulk job: bulk.maxOperations. 413. */
  readonly maxBulkOperations: number
  /** Bytes in a bulk job: bulk.maxPayloadSize. 413. */
  readonly maxBulkBytes: number
}

const MIB = 1024 * 1024

export const DEFAULT_LIMITS: Limits = {
  maxBodyBytes: 4 * MIB,
  maxJsonDepth: 32,
  maxFilterLength: 8192,
  maxFilterDepth: 50,
  maxFilterTerms: 100,
  defaultPageSize: 100,
  maxPageSize: 500,
  maxMembers: 50_000,
  maxElements: 1000,
  maxPatchOperations: 1000,
  maxBulkOperations: 1000,
  maxBulkBytes: MIB,
}

/** What no number may exceed: beyond it parsing itself, or SQLite, would give up first. */
const CEILINGS: Readonly<Partial<Record<keyof Limits, number>>> = {
  maxJsonDepth: 500,
  maxFilterDepth: 100,
  maxFilterTerms: 2000,
  maxBulkOperations: 5000,
}

/**
 * The default limits with some of them changed.
 *
 * @throws RangeError for a name that is no limit, or a value that none can have.
 */
export function withLimits(changed: Readonly<Partial<Record<string, number>>>): Limits {
  for (const [name, value] of Object.entries(changed)) {
    if (!isLimit(name)) {
      const meant = nearest(name, Object.keys(DEFAULT_LIMITS))
      throw new RangeError(`There is no limit called ${name}${meant === undefined ? "" : `: did you mean ${meant}?`}.`)
    }
    const most = CEILINGS[name] ?? Number.MAX_SAFE_INTEGER
    if (!Number.isSafeInteger(value) || value === undefined || value < 1 || value > most) {
      throw new RangeError(`${name} must be a whole number from 1 to ${most}.`)
    }
  }
  const limits = { ...DEFAULT_LIMITS, ...changed }
  return { ...limits, defaultPageSize: Math.min(limits.defaultPageSize, limits.maxPageSize) }
}

function isLimit(name: string): name is keyof Limits {
  return Object.hasOwn(DEFAULT_LIMITS, name)
}

/** What the parser of filters and paths needs of them. */
export function filterLimits({ maxFilterLength, maxFilterDepth, maxFilterTerms }: Limits): FilterLimits {
  return { maxLength: maxFilterLength, maxDepth: maxFilterDepth, maxTerms: maxFilterTerms }
}
