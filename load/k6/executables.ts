/** Programs of this machine. */
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

/** Where a command would stand in each folder of PATH, in its order. */
export function pathsOf(command: string, environment: NodeJS.ProcessEnv): readonly string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "")
  return folders.map((folder) => join(folder, command))
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
