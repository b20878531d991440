/** Reads a directory file from disk, whichever of the two formats it is in. */
import { readFileSync } from "node:fs"

import type { DirectoryContents } from "./contents.ts"
import { DirectoryFileError } from "./directory-file-error.ts"
import { parseGraphJson } from "./graph-json.ts"
import { parseUsersCsv } from "./users-csv.ts"

/**
 * Reads a Graph export (JSON) or the portal's user download (CSV), told apart by how they begin. Windows PowerShell writes UTF-16, which is read
 * as well. Throws {@link DirectoryFileError}.
 */
export function readDirectoryFile(path: string): DirectoryContents {
  const text = decode(readBytes(path), path)
  return /^\s*[{[]/.test(text) ? parseGraphJson(text, path) : parseUsersCsv(text, path)
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DirectoryFileError(path, null, `The file can't be read (${reason}).`, { cause })
  }
}

function decode(bytes: Uint8Array, path: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8"
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DirectoryFileError(path, null, "The file is not UTF-8 text. Save it as UTF-8.", { cause })
  }
}
