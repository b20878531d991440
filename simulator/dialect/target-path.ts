/** A mapping's target, taken apart once: the same few targets are read and written for every object. */
import { parseTargetPath, type TargetPath } from "../mapping/target-path.ts"

const parsed = new Map<string, TargetPath>()

export function targetPath(text: string): TargetPath {
  let path = parsed.get(text)
  if (path === undefined) {
    path = parseTargetPath(text)
    parsed.set(text, path)
  }
  return path
}
