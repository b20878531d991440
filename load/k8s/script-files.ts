/** A profile and everything that it imports, as text: what a pod needs to run it. */
import { readFileSync } from "node:fs"
import { dirname, join, posix, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import type { DistributedRun } from "./distributed-run.ts"

/** load/ in a clone, and its place in the package once built. */
const ROOT = fileURLToPath(new URL("../", import.meta.url))
/** What is imported at run time: k6 drops imports of types alone, and modules of its own have no path. */
const IMPORT = /^(?:import|export)\s(?!type\b)[^;"']*?from\s*["'](\.[^"']+)["']|^import\s*["'](\.[^"']+)["']/gm

/** Follows the imports of a profile's file. */
export function readScript(profileFile: string): DistributedRun["script"] {
  const entry = relative(ROOT, profileFile).replaceAll(sep, posix.sep)
  const files: Record<string, string> = {}
  const waiting = [entry]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (path in files) continue
    const text = readFileSync(join(ROOT, path), "utf8")
    files[path] = text
    for (const [, named, bare] of text.matchAll(IMPORT)) {
      waiting.push(posix.join(dirname(path), named ?? bare ?? ""))
    }
  }
  return { entry, files }
}
