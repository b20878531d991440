/** Turns what came over the wire into what cases read. */
import type { HttpRequest, HttpResponse } from "../protocol/index.ts"
import type { Answer, Json, JsonObject } from "./checks/context.ts"
import { isObject } from "./path-value.ts"

/** The answer to `request`. A body that is not JSON is no error here: whether it should be is for the case to judge. */
export function toAnswer(request: HttpRequest, response: HttpResponse, exchange: string): Answer {
  const text = response.body ?? ""
  const json = parseJson(text)
  return {
    status: response.status,
    header: (name) => response.headers[name.toLowerCase()]?.[0],
    text,
    json,
    object: isObject(json) ? json : NOTHING,
    exchange,
    request: { method: request.method, url: request.url },
  }
}

const NOTHING: JsonObject = {}

/** JSON text as a value, or undefined where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
