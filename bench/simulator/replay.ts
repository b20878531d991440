/**
 * A bare loop: sends recorded requests again with undici, so many at a time, and nothing else. Ids that the target gave out are
 * replaced by those that it gives out this time.
 */
import { Pool } from "undici"
import type { HttpRequest, HttpResponse, Transport } from "../../protocol/index.ts"

/** A text, cut where an id stands: what comes between texts is the number of the request whose answer gave the id. */
type Template = readonly (string | number)[]

interface RecordedRequest {
  readonly method: HttpRequest["method"]
  readonly path: Template
  readonly headers: Readonly<Record<string, string>>
  readonly body: Template | null
}

export interface Recording {
  readonly requests: readonly RecordedRequest[]
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Puts a recorder in front of a transport; `end` gives what went through it. */
export function record(transport: Transport): { readonly transport: Transport; end(): Recording } {
  const sent: { request: HttpRequest; response: HttpResponse }[] = []
  return {
    async transport(request) {
      const place = sent.push({ request, response: { status: 0, headers: {}, body: null } }) - 1
      const response = await transport(request)
      sent[place] = { request, response }
      return response
    },
    end() {
      const givenBy = new Map<string, number>()
      for (const [number, { request, response }] of sent.entries()) {
        if (request.method === "POST") givenBy.set(idOf(response.body ?? ""), number)
      }
      return { requests: sent.map(({ request }) => toRecorded(request, givenBy)) }
    },
  }
}

function toRecorded(
  { method, url, headers, body }: HttpRequest,
  givenBy: ReadonlyMap<string, number>,
): RecordedRequest {
  const { pathname, search } = new URL(url)
  return {
    method,
    headers,
    path: toTemplate(pathname + search, givenBy),
    body: body === null ? null : toTemplate(body, givenBy),
  }
}

function toTemplate(text: string, givenBy: ReadonlyMap<string, number>): Template {
  const parts: (string | number)[] = []
  let end = 0
  for (const match of text.matchAll(ID)) {
    const number = givenBy.get(match[0])
    if (number === undefined) continue
    parts.push(text.slice(end, match.index), number)
    end = match.index + match[0].length
  }
  return [...parts, text.slice(end)]
}

function idOf(answer: string): string {
  const value: { id?: unknown } = JSON.parse(answer)
  if (typeof value.id !== "string") throw new Error(`No id in ${answer.slice(0, 200)}`)
  return value.id
}

/** Sends everything in the recorded order, `parallel` requests at a time. Throws where an answer is not one of success. */
export async function replay({ requests }: Recording, origin: string, parallel: number): Promise<void> {
  const pool = new Pool(origin, { connections: parallel })
  /** Ids as they are given out, by the number of the request; a request that needs one waits for it. */
  const ids = new Map<number, Promise<string>>()

  async function fill(template: Template): Promise<string> {
    let text = ""
    for (const part of template) text += typeof part === "string" ? part : await ids.get(part)
    return text
  }

  async function send({ method, path, headers, body }: RecordedRequest): Promise<string> {
    const answer = await pool.request({
      method,
      path: path.length === 1 ? String(path[0]) : await fill(path),
      headers,
      body: body === null ? null : body.length === 1 ? String(body[0]) : await fill(body),
    })
    const text = await answer.body.text()
    if (answer.statusCode >= 300) throw new Error(`${method}: ${answer.statusCode} ${text}`)
    return text
  }

  let next = 0
  async function worker(): Promise<void> {
    for (let number = next++; ; number = next++) {
      const request = requests[number]
      if (request === undefined) return
      const answer = send(request)
      if (request.method === "POST") ids.set(number, answer.then(idOf))
      await answer
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  await pool.close()
}
