/** What tests of the target share: a target with a clock that stands still and counted ids, and requests in one line. */
import { ENTERPRISE_USER_URN, GROUP_URN, PATCH_OP_URN, toRfc3339, USER_URN } from "../protocol/index.ts"
import { isJsonArray, isJsonObject } from "./json.ts"
import type { JsonObject, JsonValue } from "./json.ts"
import { createTarget } from "./target.ts"
import type { Target, TargetOptions } from "./target.ts"

export const TEST_TOKEN = "test-token"
export const TEST_BASE_URL = "https://example.com/v2"
/** 2026-03-01T12:00:00Z. */
export const TEST_START_MS = 1_772_366_400_000

/** An answer, with its body parsed where it has one. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: JsonObject
}

export interface TestTarget {
  readonly target: Target
  /** The clock: moved by setting it. */
  readonly clock: { nowMs: number }
  /** Sends a request with the test's token; `path` is relative to the base URL. A body that is no string is sent as JSON. */
  readonly send: (
    method: string,
    path: string,
    body?: JsonValue,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
  /** Creates a resource and gives its id. @throws Error where it is refused */
  readonly create: (path: string, body: JsonObject) => Promise<string>
}

/** Errors of the target itself fail the test that caused them. */
export function createTestTarget(options: Partial<TargetOptions> = {}): TestTarget {
  const clock = { nowMs: TEST_START_MS }
  let lastId = 0
  const target = createTarget({
    clock: { now: () => clock.nowMs },
    ids: { next: () => `00000000-0000-4000-8000-${String((lastId += 1)).padStart(12, "0")}` },
    tokens: [TEST_TOKEN],
    baseUrl: TEST_BASE_URL,
    onUnexpected: (error) => {
      throw new Error(`The target failed at ${toRfc3339(clock.nowMs)}.`, { cause: error })
    },
    ...options,
  })
  const send: TestTarget["send"] = async (method, path, body, headers = {}) => {
    const request = new Request(`${TEST_BASE_URL}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TEST_TOKEN}`,
        ...(body !== undefined && { "content-type": "application/scim+json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const response = await target.fetch(request)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: objectIn(text) }
  }
  const create: TestTarget["create"] = async (path, body) => {
    const answer = await send("POST", path, body)
    const { id } = answer.json
    if (answer.status !== 201 || typeof id !== "string") throw new Error(`Not created: ${answer.text}`)
    return id
  }
  return { target, clock, send, create }
}

/** The object that a body holds; an empty one where it holds none. */
function objectIn(text: string): JsonObject {
  if (text === "") return {}
  const parsed: JsonValue = JSON.parse(text)
  return isJsonObject(parsed) ? parsed : {}
}

/** A new user with what is required and `more`. */
export function user(userName: string, more: JsonObject = {}): JsonObject {
  return { schemas: [USER_URN], userName, ...more }
}

/** A new user of the enterprise extension. */
export function employee(userName: string, enterprise: JsonObject, more: JsonObject = {}): JsonObject {
  return { schemas: [USER_URN, ENTERPRISE_USER_URN], userName, [ENTERPRISE_USER_URN]: enterprise, ...more }
}

/** A new group with members of those ids. */
export function group(displayName: string, members: readonly string[] = []): JsonObject {
  return { schemas: [GROUP_URN], displayName, members: members.map((value) => ({ value })) }
}

/** A PATCH message. */
export function patch(...operations: readonly JsonObject[]): JsonObject {
  return { schemas: [PATCH_OP_URN], Operations: operations }
}

/** The resources of a list answer. */
export function resourcesIn({ json }: Answer): readonly JsonObject[] {
  const { Resources } = json
  return isJsonArray(Resources) ? Resources.filter((resource) => isJsonObject(resource)) : []
}

/** One attribute of every resource of a list answer. */
export function column(answer: Answer, name: string): readonly (JsonValue | undefined)[] {
  return resourcesIn(answer).map((resource) => resource[name])
}

/** A text member of an answer. @throws Error where it is none */
export function textOf({ json, text }: Answer, name: string): string {
  const value = json[name]
  if (typeof value !== "string") throw new Error(`No ${name} in ${text}`)
  return value
}
