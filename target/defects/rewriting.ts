/** What defects are made of: what a request asks for, and requests and answers with something changed in them. */
import { GROUP_URN, SCIM_MEDIA_TYPE, toErrorMessage, USER_URN } from "../../protocol/index.ts"
import type { ScimType } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { FetchHandler } from "./defect.ts"

const PATH =
  /^(?<base>.*)\/(?<endpoint>Users|Groups|ServiceProviderConfig|ResourceTypes|Schemas)(?:\/(?<id>[^/]+))?\/?$/

function partsOf(request: Request): { base: string; endpoint: string; id: string | undefined } {
  const { base = "", endpoint = "", id } = PATH.exec(new URL(request.url).pathname)?.groups ?? {}
  return { base, endpoint, id }
}

/** What is asked, without the ids: `GET /Users`, `PATCH /Groups/{id}`, `POST /Users/.search`. */
export function routeOf(request: Request): string {
  const { endpoint, id } = partsOf(request)
  const rest = id === undefined ? "" : id === ".search" ? "/.search" : "/{id}"
  return `${request.method} /${endpoint}${rest}`
}

/** The id in the path; empty where the path has none. */
export function idOf(request: Request): string {
  return decodeURIComponent(partsOf(request).id ?? "")
}

export function parametersOf(request: Request): URLSearchParams {
  return new URL(request.url).searchParams
}

/** The JSON object in a body, which can be read again afterwards; an empty object where there is none. */
export async function bodyOf(message: Request | Response): Promise<JsonObject> {
  return (await readObject(message)) ?? {}
}

async function readObject(message: Request | Response): Promise<JsonObject | undefined> {
  try {
    const value: JsonValue = JSON.parse(await message.clone().text())
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The text in a member; empty where there is none. */
export function textIn(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === "string" ? value : ""
}

/** The list in a member; empty where there is none. */
export function listIn(object: JsonObject, name: string): readonly JsonValue[] {
  const value = object[name]
  return isJsonArray(value) ? value : []
}

/** The objects of a list in a member. */
export function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  return listIn(object, name).filter((value) => isJsonObject(value))
}

/** `object` with each object of a list in it changed; as it is where it has no such list. */
export function changeList(object: JsonObject, name: string, change: (element: JsonObject) => JsonValue): JsonObject {
  return isJsonArray(object[name]) ? { ...object, [name]: objectsIn(object, name).map(change) } : object
}

/** `object` without some of its members. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/** What is to differ in a request. Headers that are null go. */
export interface RequestChanges {
  readonly url?: URL
  readonly body?: JsonValue
  readonly headers?: Readonly<Record<string, string | null>>
}

/** The request with changes; the given one can be read no more. */
export async function changeRequest(request: Request, changes: RequestChanges): Promise<Request> {
  const headers = new Headers(request.headers)
  headers.delete("content-length")
  for (const [name, value] of Object.entries(changes.headers ?? {})) {
    if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
  const text = changes.body === undefined ? await request.text() : JSON.stringify(changes.body)
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && text !== ""
  return new Request(changes.url ?? request.url, {
    method: request.method,
    headers,
    ...(hasBody && { body: text }),
  })
}

/** The request with other query parameters. */
export function changeParameters(request: Request, change: (parameters: URLSearchParams) => void): Promise<Request> {
  const url = new URL(request.url)
  change(url.searchParams)
  return changeRequest(request, { url })
}

/** The request with another JSON body. */
export async function changeBody(request: Request, change: (body: JsonObject) => JsonValue): Promise<Request> {
  const body = await readObject(request)
  return body === undefined ? request : changeRequest(request, { body: change(body) })
}

/** The answer with another JSON body; as it is where it holds no JSON object. */
export async function changeAnswer(answer: Response, change: (body: JsonObject) => JsonValue): Promise<Response> {
  const body = await readObject(answer)
  return body === undefined ? answer : withJson(answer, change(body))
}

/** The answer with each user and group in it changed, alone or in a list. */
export function changeResources(answer: Response, change: (resource: JsonObject) => JsonObject): Promise<Response> {
  return changeAnswer(answer, (body) => {
    if (isResource(body)) return change(body)
    if (!isJsonArray(body["Resources"])) return body
    const resources = objectsIn(body, "Resources")
    return { ...body, Resources: resources.map((resource) => (isResource(resource) ? change(resource) : resource)) }
  })
}

function isResource(body: JsonObject): boolean {
  const schemas = listIn(body, "schemas")
  return schemas.includes(USER_URN) || schemas.includes(GROUP_URN)
}

/** A list answer with those resources only, counted anew where one had to go. */
export function keepResources(answer: Response, keep: (resource: JsonObject) => boolean): Promise<Response> {
  return changeAnswer(answer, (body) => {
    if (!isJsonArray(body["Resources"])) return body
    const resources = objectsIn(body, "Resources")
    const kept = resources.filter(keep)
    if (kept.length === resources.length) return body
    return { ...body, totalResults: kept.length, itemsPerPage: kept.length, Resources: kept }
  })
}

/** The answer with another JSON body and otherwise as it was. */
function withJson(answer: Response, body: JsonValue): Response {
  return withText(answer, JSON.stringify(body))
}

/** The answer with another text as its body. */
export function withText(answer: Response, text: string): Response {
  const headers = new Headers(answer.headers)
  headers.delete("content-length")
  return new Response(text, { status: answer.status, headers })
}

/** The answer with another status; the body goes where that status has none. */
export function withStatus(answer: Response, status: number): Response {
  return new Response(status === 204 ? null : answer.body, { status, headers: answer.headers })
}

/** The answer with headers set, or taken away where they are null. */
export function withHeaders(answer: Response, changes: Readonly<Record<string, string | null>>): Response {
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
  return new Response(answer.body, { status: answer.status, headers })
}

/** A JSON answer of the defect's own. */
export function answerJson(status: number, body: JsonValue): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": SCIM_MEDIA_TYPE } })
}

/** An error answer in proper form. */
export function refuse(status: number, detail: string, scimType?: ScimType): Response {
  return answerJson(status, { ...toErrorMessage(status, scimType, detail) })
}

/** What the defect itself wants to know or do. */
export interface Question {
  readonly method?: string
  /** Below the base URL: `/Users/abc`. */
  readonly path: string
  readonly body?: JsonValue
}

/** Asks the target something else, with the credentials of `request`. */
export function ask(next: FetchHandler, request: Request, { method = "GET", path, body }: Question): Promise<Response> {
  const url = new URL(request.url)
  const authorization = request.headers.get("authorization")
  const headers = {
    accept: SCIM_MEDIA_TYPE,
    "content-type": SCIM_MEDIA_TYPE,
    ...(authorization !== null && { authorization }),
  }
  const target = new URL(`${url.origin}${partsOf(request).base}${path}`)
  return next(new Request(target, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }))
}
