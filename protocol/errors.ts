/** SCIM's error messages (RFC 7644 §3.12): the closed list of scimType, and the body of an error answer. */
import { ERROR_URN } from "./urns.ts"

/** One row of RFC 7644 table 9 (or of RFC 9865 §5). */
interface ScimTypeEntry {
  /** The HTTP status that goes with it. */
  readonly status: number
  readonly meaning: string
}

/**
 * Every scimType with its status. The table prints 400 for `uniqueness` among the others, yet a duplicate answers 409
 * (RFC 7644 §3.3, C-38). The last three come from RFC 9865.
 */
export const SCIM_TYPES = {
  invalidFilter: { status: 400, meaning: "The filter does not parse, or compares what cannot be compared." },
  tooMany: { status: 400, meaning: "The filter gives more results than the server is willing to return." },
  uniqueness: { status: 409, meaning: "A value is already in use, or reserved." },
  mutability: { status: 400, meaning: "The attribute may not be changed like that, as it is read-only or immutable." },
  invalidSyntax: { status: 400, meaning: "The body is malformed, or not a message of the kind asked for." },
  invalidPath: { status: 400, meaning: "The path of a PATCH operation is malformed or names no attribute." },
  noTarget: { status: 400, meaning: "The path of a PATCH operation gives nothing that can be operated on." },
  invalidValue: { status: 400, meaning: "A value is missing, or not compatible with its attribute." },
  invalidVers: { status: 400, meaning: "The protocol version is not supported." },
  sensitive: { status: 403, meaning: "The request would carry sensitive data in a URL." },
  invalidCursor: { status: 400, meaning: "The cursor is not one of the server's." },
  expiredCursor: { status: 400, meaning: "The cursor has expired." },
  invalidCount: { status: 400, meaning: "The count is not valid together with a cursor." },
} as const satisfies Readonly<Record<string, ScimTypeEntry>>

export type ScimType = keyof typeof SCIM_TYPES

export function isScimType(text: string): text is ScimType {
  return Object.hasOwn(SCIM_TYPES, text)
}

/** The body of an error answer; `status` is text on the wire (RFC7644-3.12-02). */
export interface ErrorMessage {
  readonly schemas: readonly [typeof ERROR_URN]
  readonly status: string
  readonly scimType?: ScimType
  readonly detail?: string
}

/** The body of an error answer with HTTP status `status`. `detail` is for people and must hold no secrets. */
export function toErrorMessage(status: number, scimType?: ScimType, detail?: string): ErrorMessage {
  return {
    schemas: [ERROR_URN],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
    ...(detail !== undefined && { detail }),
  }
}
