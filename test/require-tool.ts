/**
 * Tools that a machine may lack (a browser, Python, k6). A test that needs one is skipped with a reason; where the
 * environment variable SCIMULATE_REQUIRE lists the tool, as CI does, its absence is a failure instead.
 */
import { isAbsolute } from "node:path"
import { isExecutable, pathsOf } from "../load/k6/executables.ts"

export interface FoundTool {
  readonly path: string
}

export interface MissingTool {
  readonly path?: never
  /** For the test's skip. */
  readonly reason: string
}

/**
 * The first of the commands (absolute, or looked up in PATH) that can be executed. Throws when none can and
 * SCIMULATE_REQUIRE (names separated by commas) contains `name`.
 */
export function requireTool(
  name: string,
  commands: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): FoundTool | MissingTool {
  const paths = commands.flatMap((command) => (isAbsolute(command) ? [command] : pathsOf(command, environment)))
  const path = paths.find(isExecutable)
  if (path !== undefined) return { path }
  const reason = `${name} is not installed (looked for ${commands.join(", ")})`
  const required = (environment["SCIMULATE_REQUIRE"] ?? "").split(",").map((entry) => entry.trim())
  if (required.includes(name)) throw new Error(`${reason}, and SCIMULATE_REQUIRE asks for it`)
  return { reason }
}
