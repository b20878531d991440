/** One endpoint: what it does for each method, and the refusal of all others. */
import type { Context } from "hono"
import { ScimError } from "../scim-error.ts"

export type Handler = (context: Context) => Response | Promise<Response>

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** A handler that chooses by method; HEAD is answered as GET, without the body (which Hono leaves out). */
export function endpoint(methods: Readonly<Partial<Record<Method, Handler>>>): Handler {
  const handlers = new Map<string, Handler>(Object.entries(methods))
  const get = handlers.get("GET")
  if (get !== undefined) handlers.set("HEAD", get)
  const allowed = Object.keys(methods)
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .join(", ")
  return (context) => {
    const handler = handlers.get(context.req.method)
    if (handler !== undefined) return handler(context)
    throw new ScimError(405, `The methods here are ${allowed}.`, { headers: { allow: allowed } })
  }
}
