/** Exchanges as text: one line for a terminal, indented bodies for reading, a curl command for repeating. */
import type { Exchange, Report } from "./model.ts"

type Target = Report["target"]

/** The path and query below the target's base URL ("/Users/3f0c?…"), or the whole URL where it leads elsewhere. */
export function relativeUrl(url: string, target: Target): string {
  const base = baseOf(target)
  return url.startsWith(base) && /^$|^[/?]/.test(url.slice(base.length)) ? url.slice(base.length) || "/" : url
}

function baseOf(target: Target): string {
  return target.url.replace(/\/+$/, "")
}

/** "PATCH /Users/3f0c". */
export function requestLine({ request }: Exchange, target: Target): string {
  return `${request.method} ${relativeUrl(request.url, target)}`
}

/** "204 No Content", or why there was no answer. */
export function answerLine({ response, failure }: Exchange): string {
  if (response === null) return `no answer${failure === undefined ? "" : `: ${failure}`}`
  const reason = REASONS[response.status]
  return reason === undefined ? String(response.status) : `${response.status} ${reason}`
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
}

/** The body indented where it is JSON, as it came where it is not. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** A JSON body without its `schemas`, which say nothing on a single line; other bodies as they came. */
export function briefBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body, (name, value: unknown) => (name === "schemas" ? undefined : value)))
  } catch {
    return body
  }
}

/** Set by curl itself, or wrong once somebody edits the command. */
const LEFT_TO_CURL = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding"])
const CREDENTIALS = new Set(["authorization", "cookie", "proxy-authorization", "x-api-key"])

/**
 * The request as a command for a POSIX shell. Credentials are a placeholder, `$TOKEN`; so is the base of a target that had
 * no address outside the run, `$URL`.
 */
export function curlCommand({ request }: Exchange, target: Target): string {
  const { method, url, headers, body } = request
  const words = [`curl -i -X ${shellWord(method)} ${urlWord(url, target)}`]
  for (const [name, values] of Object.entries(headers)) {
    if (LEFT_TO_CURL.has(name)) continue
    if (name === "authorization") words.push(`-H "Authorization: Bearer $TOKEN"`)
    else if (CREDENTIALS.has(name)) words.push(`-H "${name}: $TOKEN"`)
    else words.push(...values.map((value) => `-H ${quoted(`${name}: ${value}`)}`))
  }
  if (body !== null) words.push(`--data-raw ${quoted(body)}`)
  return words.join(" \\\n  ")
}

function urlWord(url: string, target: Target): string {
  const path = relativeUrl(url, target)
  return target.kind === "external" || path === url ? quoted(url) : `"$URL"${quoted(path)}`
}

function shellWord(text: string): string {
  return /^[A-Za-z]+$/.test(text) ? text : quoted(text)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
