/** A request that is under way: gathers its answer from undici's callbacks. The streams and signals of `request` cost more than all of it. */
import type { Dispatcher } from "undici"
import type { HttpRequest, HttpResponse } from "../../protocol/index.ts"
import { SystemClock } from "../system-clock.ts"
import { timeoutError } from "./failure.ts"

const machine = new SystemClock()
const decoder = new TextDecoder()

export class PendingAnswer implements Dispatcher.DispatchHandler {
  /** The complete answer. Rejects with whatever breaks it off, and with a timeout error when its time is up. */
  readonly answer: Promise<HttpResponse>
  readonly #resolve: (answer: HttpResponse) => void
  readonly #reject: (error: unknown) => void
  readonly #liftDeadline: () => void
  #controller: Dispatcher.DispatchController | undefined
  /** Why nobody waits for it any more. */
  #givenUpFor: Error | undefined
  #status = 0
  #headers: Record<string, readonly string[]> = {}
  readonly #chunks: Buffer[] = []

  constructor(request: HttpRequest, timeoutMs: number) {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#liftDeadline = machine.schedule(timeoutMs, () => this.#giveUp(timeoutError(request, timeoutMs)))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#givenUpFor !== undefined) controller.abort(this.#givenUpFor)
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Interim answers (RFC 9110 §15.2) come before the one that counts.
    if (statusCode < 200) return
    this.#status = statusCode
    this.#headers = toHeaderLists(headers)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#liftDeadline()
    const body = toText(this.#chunks)
    this.#resolve({ status: this.#status, headers: this.#headers, body: body === "" ? null : body })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.fail(error)
  }

  /** It could not be sent at all, or broke off. */
  fail(error: unknown): void {
    this.#liftDeadline()
    this.#reject(error)
  }

  #giveUp(reason: Error): void {
    this.#givenUpFor = reason
    this.#reject(reason)
    this.#controller?.abort(reason)
  }
}

function toText(chunks: readonly Buffer[]): string {
  const [first, ...others] = chunks
  if (first === undefined) return ""
  return decoder.decode(others.length === 0 ? first : Buffer.concat(chunks))
}

function toHeaderLists(headers: Record<string, string | string[] | undefined>): Record<string, readonly string[]> {
  const lists: Record<string, readonly string[]> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) lists[name] = typeof value === "string" ? [value] : value
  }
  return lists
}
