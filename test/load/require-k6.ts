/** k6 for tests that run it: K6_BIN, PATH or the project's cache, as the command line looks for it. */
import { cachedK6 } from "../../load/k6/find-k6.ts"
import { requireTool, type FoundTool, type MissingTool } from "../require-tool.ts"

export function requireK6(): FoundTool | MissingTool {
  const named = process.env["K6_BIN"] ?? ""
  return requireTool("k6", [...(named === "" ? [] : [named]), "k6", cachedK6()])
}
