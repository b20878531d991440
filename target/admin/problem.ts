/** Errors of the administration API, as problem details (RFC 9457). */
import type { z } from "zod"

const PROBLEM_MEDIA_TYPE = "application/problem+json"

/** What is wrong with one member of a body, or one parameter. */
export interface ProblemIssue {
  /** Where: `settings.rateLimit.requests`. */
  readonly path: string
  readonly message: string
}

/** A request that is refused. `message` becomes the answer's `detail`, so it never holds internals or secrets. */
export class Problem extends Error {
  override readonly name = "Problem"
  readonly status: number
  readonly issues: readonly ProblemIssue[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    detail: string,
    {
      issues = [],
      headers = {},
    }: { issues?: readonly ProblemIssue[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
    this.status = status
    this.issues = issues
    this.headers = headers
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
}

export function renderProblem({ status, message, issues, headers }: Problem): Response {
  const body = {
    type: "about:blank",
    title: TITLES[status],
    status,
    detail: message,
    ...(issues.length > 0 && { issues }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": PROBLEM_MEDIA_TYPE, "cache-control": "no-store", ...headers },
  })
}

/** A value as its schema wants it. @throws Problem 400 that says what is wrong, and where */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }))
  const first = issues[0]
  const place = first === undefined || first.path === "" ? "" : `${first.path}: `
  throw new Problem(400, `${what} is not valid: ${place}${first?.message ?? "unknown reason"}`, { issues })
}
