/** One endpoint: what it does for each method, and the refusal of all others. */
import { ScimError } from "../scim-error.ts"
import type { Answer, Call } from "./call.ts"

export type Handler = (call: Call) => Answer | Promise<Answer>

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** A handler that chooses by method; HEAD is answered as GET, without the body (which Hono leaves out). */
export function endpoint(methods: Readonly<Partial<Record<Method, Handler>>>): Handler {
  const handlers = new Map<string, Handler>(Object.entries(methods))
  const get = handlers.get("GET")
  if (get !== undefined) handlers.set("HEAD", get)
  const allowed = Object.keys(methods)
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .join(", ")
  return (call) => {
    const handler = handlers.get(call.method)
    if (handler !== undefined) return handler(call)
    throw new ScimError(405, `The methods here are ${allowed}.`, { headers: { allow: allowed } })
  }
}
