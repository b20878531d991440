/**
 * A request as the endpoints see it, and what they answer: plain data, whether it came through `fetch` or straight from a socket.
 */
import type { Access } from "../auth/access.ts"
import type { Peer } from "../auth/addresses.ts"

export interface Call {
  readonly method: string
  /** From the first slash, decoded, without the query. */
  readonly path: string
  /** What stands behind the question mark, as it was sent; empty where there is none. */
  readonly query: string
  /** Scheme, host and port that were called. */
  readonly origin: string
  readonly peer: Peer | undefined
  /** The id that the path names, or that of whom /Me stands for; empty where an endpoint has none. */
  id: string
  /** Whose request it is, once it has passed. */
  access: Access | undefined
  /** A header by its name in lower case; several of one name are joined by commas. */
  header(name: string): string | undefined
  /** The text of the body. @throws ScimError 413 where it has more bytes */
  text(maxBytes: number): Promise<string>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}
