/** What answers are right, and what can be learnt from them. Every legal form is accepted (200 with the resource, or 204). */
import type { PlannedRequest } from "../../plan/plan.ts"

type Expecting = Pick<PlannedRequest, "step" | "method" | "finds" | "learns">

/** `status` 0: there was no answer. */
export function isAsExpected(request: Expecting, status: number, body: string | null): boolean {
  switch (request.method) {
    case "GET":
      return status === 200 && (request.finds === undefined || foundIn(body) === request.finds)
    case "POST":
      return status === 201 && learntId(body) !== undefined
    case "PATCH":
      return status === 200 || status === 204
    case "DELETE":
      // Deleting what is gone already counts as deleted (ENG-MATCH-10, documented).
      return status === 204 || status === 200 || status === 404
  }
}

/** In words, for the report. */
export function describeExpected({ method, finds }: Expecting): string {
  switch (method) {
    case "GET":
      return finds === undefined ? "200 with the resource" : `200 with totalResults ${finds}`
    case "POST":
      return "201 with the new resource and its id"
    case "PATCH":
      return "204, or 200 with the resource"
    case "DELETE":
      return "204"
  }
}

/** The id of a resource, or of the only one in a list. */
export function learntId(body: string | null): string | undefined {
  const parsed = parse(body)
  const resources = Array.isArray(parsed?.["Resources"]) ? (parsed["Resources"] as unknown[]) : [parsed]
  const [resource] = resources
  if (resources.length !== 1 || typeof resource !== "object" || resource === null) return undefined
  const id = (resource as Readonly<Record<string, unknown>>)["id"]
  return typeof id === "string" && id !== "" ? id : undefined
}

function foundIn(body: string | null): number | undefined {
  const parsed = parse(body)
  const total = parsed?.["totalResults"]
  if (typeof total === "number") return total
  return Array.isArray(parsed?.["Resources"]) ? (parsed["Resources"] as unknown[]).length : undefined
}

function parse(body: string | null): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body ?? "")
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
