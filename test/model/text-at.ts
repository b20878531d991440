import type { Json } from "../../scenarios/checks/context.ts"
import { readPath } from "../../scenarios/path-value.ts"

/** The text at a path; undefined where there is none. */
export function textAt(body: Json | undefined, path: string): string | undefined {
  const value = readPath(body, path)
  return typeof value === "string" ? value : undefined
}
