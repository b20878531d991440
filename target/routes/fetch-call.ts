/** A call that came as a Request, and its answer as a Response. */
import type { Context } from "hono"
import type { Access } from "../auth/access.ts"
import type { Peer } from "../auth/addresses.ts"
import { readText } from "./body.ts"
import type { Answer, Call } from "./call.ts"

export class FetchCall implements Call {
  readonly #context: Context
  id: string
  access: Access | undefined = undefined

  /** The peer is what Hono was given beside the request. */
  constructor(context: Context) {
    this.#context = context
    this.id = context.req.param("id") ?? ""
  }

  get method(): string {
    return this.#context.req.method
  }

  get path(): string {
    return this.#context.req.path
  }

  get query(): string {
    const { url } = this.#context.req
    const start = url.indexOf("?")
    if (start === -1) return ""
    const end = url.indexOf("#", start)
    return url.slice(start + 1, end === -1 ? undefined : end)
  }

  /** A Request's URL is absolute and normal. */
  get origin(): string {
    const { url } = this.#context.req
    return url.slice(0, url.indexOf("/", url.indexOf("//") + 2))
  }

  get peer(): Peer | undefined {
    const peer: Peer | undefined = this.#context.env
    return peer
  }

  header(name: string): string | undefined {
    return this.#context.req.header(name)
  }

  text(maxBytes: number): Promise<string> {
    return readText(this.#context.req.raw, maxBytes)
  }
}

export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers })
}
