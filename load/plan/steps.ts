/** What a request of the provisioning service is for, told from the request alone. */
import type { HttpRequest } from "../../protocol/index.ts"
import type { Step } from "./step-names.ts"

/** A search for a value that looks like a GUID is the probe: nobody's name does (WIRE-057). */
const PROBE_VALUE = /eq(?:\+|%20)%22[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}%22/

/** Throws for a request that the provisioning service does not send. */
export function stepOf({ method, url, body }: HttpRequest, baseUrl: string): Step {
  const [path = "", query] = url.slice(baseUrl.length).split("?", 2)
  const type = path.startsWith("/Users") ? "user" : path.startsWith("/Groups") ? "group" : null
  if (type === null) throw new RangeError(`${method} ${path} is no request of the provisioning service.`)
  const isCollection = !path.includes("/", 1)
  switch (method) {
    case "GET":
      if (!isCollection) return `read-${type}`
      return PROBE_VALUE.test(query ?? "") ? "probe" : `find-${type}`
    case "POST":
      return `create-${type}`
    case "DELETE":
      return `delete-${type}`
    case "PATCH":
      return type === "user" ? userChange(operationsOf(body)) : groupChange(operationsOf(body))
    default:
      throw new RangeError(`${method} is no method of the provisioning service.`)
  }
}

/** The attribute that an operation names and what it says: pathless operations name several (flag dialect). */
interface Operation {
  readonly op: string
  readonly path: string
  readonly value: unknown
}

function operationsOf(body: string | null): Operation[] {
  const parsed: unknown = JSON.parse(body ?? "{}")
  if (!isRecord(parsed) || !Array.isArray(parsed["Operations"])) throw new RangeError("A PATCH without operations.")
  return parsed["Operations"].filter(isRecord).flatMap(({ op, path, value }) => {
    const name = String(op).toLowerCase()
    if (typeof path === "string") return [{ op: name, path, value }]
    return isRecord(value) ? Object.entries(value).map(([key, inner]) => ({ op: name, path: key, value: inner })) : []
  })
}

function userChange(operations: readonly Operation[]): Step {
  if (operations.length > 0 && operations.every(({ path }) => path.endsWith(":manager"))) return "set-manager"
  const active = operations.find(({ path }) => path === "active")
  if (active === undefined) return "update-user"
  return String(active.value).toLowerCase() === "false" ? "disable-user" : "enable-user"
}

function groupChange(operations: readonly Operation[]): Step {
  const onMembers = operations.filter(({ path }) => /^members(?:\[|$)/.test(path))
  if (onMembers.length === 0) return "update-group"
  return onMembers.every(({ op }) => op === "remove") ? "remove-member" : "add-member"
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
