/** What tests of the guarded target share: requests to any path, as anybody, from anywhere. */
import { isJsonArray, isJsonObject } from "./json.ts"
import type { JsonObject, JsonValue } from "./json.ts"
import type { TargetOptions } from "./target.ts"
import { createTestTarget } from "./testing.ts"
import type { TestTarget } from "./testing.ts"

export const ADMIN_TOKEN = "admin-token"
const ORIGIN = "https://example.com"

export interface CallOptions {
  readonly token?: string
  readonly body?: JsonValue
  readonly headers?: Readonly<Record<string, string>>
  /** Where the connection comes from. */
  readonly from?: string
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: JsonObject
}

export interface GuardedTarget extends TestTarget {
  /** Sends a request to a path of the server: `/t/acme/v2/Users`. Objects are sent as JSON, texts as they are. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Reply>
  /** Sends a request to a path behind /admin, as an administrator. */
  readonly administer: (method: string, path: string, body?: JsonValue) => Promise<Reply>
  /** Asks the token endpoint of a tenant, in form encoding. */
  readonly askForToken: (
    form: Readonly<Record<string, string>> | string,
    options?: { readonly tenant?: string; readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<Reply>
}

export function createGuardedTarget(options: Partial<TargetOptions> = {}): GuardedTarget {
  const made = createTestTarget({ administrators: [ADMIN_TOKEN], ...options })
  const { target } = made
  const call: GuardedTarget["call"] = async (method, path, { token, body, headers = {}, from } = {}) => {
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const response = await target.fetch(request, from === undefined ? undefined : { remoteAddress: from })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: objectIn(response.headers, text) }
  }
  return {
    ...made,
    call,
    administer: (method, path, body) =>
      call(method, `/admin${path}`, { token: ADMIN_TOKEN, ...(body !== undefined && { body }) }),
    askForToken: (form, { tenant, headers = {} } = {}) => {
      const path = `${tenant === undefined ? "" : `/t/${tenant}`}/oauth/token`
      const body = typeof form === "string" ? form : new URLSearchParams(form).toString()
      return call("POST", path, { body, headers: { "content-type": "application/x-www-form-urlencoded", ...headers } })
    },
  }
}

/** The objects in a list of an answer. */
export function listIn({ json }: Reply, name: string): readonly JsonObject[] {
  const list = json[name]
  return isJsonArray(list) ? list.filter((item) => isJsonObject(item)) : []
}

/** A text member of an answer. @throws Error where it is none */
export function textIn({ json }: Reply, name: string): string {
  return textOf(json, name)
}

/** A text member of an object. @throws Error where it is none */
export function textOf(object: JsonObject, name: string): string {
  const value = object[name]
  if (typeof value !== "string") throw new Error(`No ${name} in ${JSON.stringify(object)}`)
  return value
}

/** The object that an answer holds; an empty one where it holds no JSON. */
function objectIn(headers: Headers, text: string): JsonObject {
  if (!(headers.get("content-type") ?? "").includes("json")) return {}
  const parsed: JsonValue = JSON.parse(text)
  return isJsonObject(parsed) ? parsed : {}
}
