/**
 * A call straight from its socket, and its answer: nearly every request is plain, and then needs no Request, no Response and no
 * URL to be parsed. What is plain is answered exactly as `fetch` would (test: socket-call.test.ts); all else goes there.
 */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Access } from "../auth/access.ts"
import type { Peer } from "../auth/addresses.ts"
import { Memo } from "../memo.ts"
import { badRequest } from "../scim-error.ts"
import { tooLarge } from "./body.ts"
import type { Answer, Call } from "./call.ts"

const METHODS: ReadonlySet<string | undefined> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"])
/** Nothing to decode, to resolve or to leave out. */
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)+$/
/** Printable ASCII without what a URL would escape, or end the query by. */
const PLAIN_QUERY = /^[!$-;=?-~]*$/
/** Longer bodies are read by those who can give up on them. */
const MAX_PLAIN_BYTES = 1_048_576

/** Clients call few hosts. */
const plainHosts = new Memo<boolean>(100)

export class SocketCall implements Call {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly #incoming: IncomingMessage
  readonly #host: string
  readonly #bytes: number
  id = ""
  access: Access | undefined = undefined

  private constructor(incoming: IncomingMessage, parts: { path: string; query: string; host: string; bytes: number }) {
    this.#incoming = incoming
    this.method = incoming.method ?? ""
    this.path = parts.path
    this.query = parts.query
    this.#host = parts.host
    this.#bytes = parts.bytes
  }

  /** The call, where everything about the request is plain. */
  static from(incoming: IncomingMessage): SocketCall | undefined {
    const { url = "", method } = incoming
    if (!METHODS.has(method) || "encrypted" in incoming.socket) return undefined
    const mark = url.indexOf("?")
    const path = mark === -1 ? url : url.slice(0, mark)
    const query = mark === -1 ? "" : url.slice(mark + 1)
    if (!PLAIN_PATH.test(path) || !PLAIN_QUERY.test(query)) return undefined
    const host = headerOf(incoming, "host") ?? ""
    const bytes = Number(headerOf(incoming, "content-length") ?? 0)
    const isMeasured = bytes <= MAX_PLAIN_BYTES && headerOf(incoming, "transfer-encoding") === undefined
    if (!isMeasured || !plainHosts.recall(host, isPlainHost)) return undefined
    return new SocketCall(incoming, { path, query, host, bytes })
  }

  get origin(): string {
    return `http://${this.#host}`
  }

  get peer(): Peer {
    return this.#incoming.socket
  }

  header(name: string): string | undefined {
    return headerOf(this.#incoming, name)
  }

  /** HTTP itself lets no more bytes through than Content-Length says. */
  async text(maxBytes: number): Promise<string> {
    if (this.#bytes > maxBytes) throw tooLarge(maxBytes)
    if (this.#bytes === 0) return ""
    // What came in one piece with the headers is there once the parser is through with it, and needs no events.
    await Promise.resolve()
    const incoming = this.#incoming
    const whole: Buffer | null = incoming.complete ? (incoming.read() as Buffer | null) : null
    return whole === null ? readAll(incoming) : decoder.decode(whole)
  }
}

/** Sends an answer. */
export function sendAnswer(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  if (body === null) outgoing.writeHead(status, headers).end()
  else outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body)
}

function isPlainHost(host: string): boolean {
  const origin = `http://${host}`
  return URL.parse(origin)?.origin === origin
}

/** As Headers joins them. Node's own object leaves out what comes twice: of two tokens, the second. */
function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  let joined: string | undefined
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const given = rawHeaders[index]
    if (given?.length !== name.length || (given !== name && given.toLowerCase() !== name)) continue
    const value = rawHeaders[index + 1] ?? ""
    joined = joined === undefined ? value : `${joined}, ${value}`
  }
  return joined
}

const decoder = new TextDecoder()

function readAll(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    // Nobody is there any more to read the answer.
    const fail = (cause: Error | null): void => reject(badRequest("invalidSyntax", "The body ended too early.", cause))
    if (incoming.destroyed) fail(incoming.errored)
    const chunks: Buffer[] = []
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
    incoming.on("end", () => resolve(decoder.decode(Buffer.concat(chunks))))
    incoming.on("error", fail)
  })
}
