/** The one kind of error the target answers with (RFC 7644 §3.12). */
import { toErrorMessage } from "../protocol/index.ts"
import type { ErrorMessage, ScimType } from "../protocol/index.ts"

export interface ScimErrorOptions {
  readonly scimType?: ScimType
  /** Headers of the answer, such as Allow or WWW-Authenticate. */
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** A request that ends in an error answer. `message` becomes the answer's `detail`, so it never holds internals or secrets. */
export class ScimError extends Error {
  override readonly name = "ScimError"
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, detail: string, options: ScimErrorOptions = {}) {
    super(detail, { cause: options.cause })
    this.status = status
    this.scimType = options.scimType
    this.headers = options.headers ?? {}
  }

  /** The answer's body. */
  toBody(): ErrorMessage {
    return toErrorMessage(this.status, this.scimType, this.message)
  }
}

/** 400 with one of the keywords. */
export function badRequest(scimType: ScimType, detail: string, cause?: unknown): ScimError {
  return new ScimError(400, detail, { scimType, cause })
}

/** 404 for a resource or endpoint that is not there. */
export function notFound(detail: string): ScimError {
  return new ScimError(404, detail)
}
