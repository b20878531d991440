/** Sends the planned requests of one tenant: fills in ids, obeys 429, judges the answer, and counts. */
import http, { type RefinedResponse } from "k6/http"
import type { ObjectName, PlannedRequest } from "../../plan/plan.ts"
import type { RequestClass } from "../../verdict/journal-lines.ts"
import { describeExpected, isAsExpected, learntId } from "./answer.ts"
import type { Journal } from "./journal.ts"
import { countAnswer, countThrottled } from "./metrics.ts"
import { Pacer } from "./pacer.ts"

/** WIRE-035, -036: a media type only where there is a body. */
const MEDIA_TYPE = "application/scim+json; charset=utf-8"
/** A request is repeated so often after a 429, and no Retry-After longer than this is waited for (ENG-RETRY-11, disputed). */
const REPEATS_MAX = 20
const RETRY_AFTER_MAX_MS = 5 * 60_000
/** Where the answer names no time. */
const RETRY_AFTER_DEFAULT_MS = 1000
/** Entra's own limit is unpublished; ENG-PERF-04 models 100 seconds. */
const TIMEOUT = "100s"
/** Characters of a body that the journal quotes. */
const QUOTED_MAX = 2000

export interface ClientOptions {
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly tenant: { readonly index: number; readonly name: string }
  readonly journal: Journal
}

/** What was learnt of one answer besides the id. */
export interface Outcome {
  readonly isGood: boolean
  readonly tookMs: number
  readonly isThrottled: boolean
}

export class Client {
  /** Ids by name, as the endpoint gave them. */
  readonly ids = new Map<ObjectName, string>()
  readonly pacer = new Pacer()
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Sends the request, again after each 429 that says when. All that it uses has to be in `ids`. */
  async send(request: PlannedRequest, requestClass: RequestClass, activityId: string): Promise<Outcome> {
    const { baseUrl, headers } = this.#options
    const url = baseUrl + this.#fill(request.path, request.uses, encodeURIComponent)
    const body = request.body === null ? null : this.#fill(request.body, request.uses, toJsonText)
    let isThrottled = false
    for (let repeats = 0; ; repeats++) {
      await this.pacer.turn()
      const atMs = Date.now()
      const response = await http.asyncRequest(request.method, url, body, {
        headers: {
          ...headers,
          ADSCIMVersion: `Date:${new Date(atMs).toISOString()}, ActivityId:${activityId}`,
          ...(body !== null && { "Content-Type": MEDIA_TYPE }),
        },
        tags: { step: request.step, name: `${request.method} ${request.path.replace(/\{\w+\.\d+\}|[?].*/g, "*")}` },
        responseType: "text",
        redirects: 0,
        timeout: TIMEOUT,
      })
      const retryMs = response.status === 429 && repeats < REPEATS_MAX ? retryDelayMs(response) : null
      if (retryMs === null)
        return { ...this.#settle({ request, requestClass, url, body, atMs }, response), isThrottled }
      isThrottled = true
      this.#record({ request, requestClass, atMs }, response, false)
      if (requestClass === "load") countThrottled(request.step, this.#options.tenant.name)
      this.pacer.pauseUntil(Date.now() + retryMs)
    }
  }

  #settle(
    sent: Sent & { readonly url: string; readonly body: string | null },
    response: TextResponse,
  ): Omit<Outcome, "isThrottled"> {
    const { request, requestClass, url, body, atMs } = sent
    const { tenant, journal } = this.#options
    const tookMs = response.timings.duration
    const isGood = isAsExpected(request, response.status, response.body)
    if (isGood && request.learns !== undefined) {
      const id = learntId(response.body)
      if (id !== undefined) this.ids.set(request.learns, id)
    }
    this.#record(sent, response, isGood)
    if (requestClass === "load") countAnswer(request.step, tenant.name, tookMs, isGood)
    if (!isGood && request.method !== "GET") {
      const objects = request.learns === undefined ? request.uses : [request.learns, ...request.uses]
      journal.tell({ kind: "missed", tenant: tenant.index, objects })
    }
    if (!isGood) {
      journal.tell({
        kind: "failure",
        atMs,
        tookMs,
        step: request.step,
        tenant: tenant.index,
        expected: describeExpected(request),
        method: request.method,
        url,
        requestBody: quoted(body),
        status: response.status,
        responseBody: quoted(response.body),
        error: response.error === "" ? null : response.error,
      })
    }
    return { isGood, tookMs }
  }

  #record({ request, requestClass, atMs }: Sent, { status, timings }: TextResponse, isGood: boolean): void {
    const { journal, tenant } = this.#options
    const tookMs = Math.round(timings.duration * 1000) / 1000
    journal.add([atMs, tookMs, status, isGood ? 1 : 0, request.step, tenant.index, requestClass])
  }

  #fill(text: string, uses: readonly ObjectName[], encode: (id: string) => string): string {
    return uses.reduce((filled, name) => filled.replaceAll(`{${name}}`, encode(this.ids.get(name) ?? "")), text)
  }
}

type TextResponse = RefinedResponse<"text">

interface Sent {
  readonly request: PlannedRequest
  readonly requestClass: RequestClass
  readonly atMs: number
}

/** Null where it asks for longer than anybody waits. */
function retryDelayMs({ headers }: TextResponse): number | null {
  const text = (headers["Retry-After"] ?? "").trim()
  if (text === "") return RETRY_AFTER_DEFAULT_MS
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  if (Number.isNaN(delayMs)) return RETRY_AFTER_DEFAULT_MS
  return delayMs > RETRY_AFTER_MAX_MS ? null : Math.max(0, delayMs)
}

/** An id inside a JSON string. */
function toJsonText(id: string): string {
  return JSON.stringify(id).slice(1, -1)
}

function quoted(body: string | null): string | null {
  if (body === null || body === "") return null
  return body.length > QUOTED_MAX ? `${body.slice(0, QUOTED_MAX)} … (${body.length} characters)` : body
}
