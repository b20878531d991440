/** Files that options name: read with an error that a user understands, written whole or not at all. */
import { constants } from "node:fs"
import { access, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { UsageError, messageOf } from "./errors.ts"

/**
 * The text of the file that `option` names.
 *
 * @throws UsageError naming the option and the file.
 */
export async function readTextFile(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, "utf8")
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `${option}: cannot read ${path} (${reasonOf(cause)})`, {
      cause,
      hint: "check the path; it is taken from the folder you are in",
    })
  }
}

/** As {@link readTextFile}, and null where there is no such file. */
export async function readTextFileIfAny(path: string, option: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  return found === null ? null : await readTextFile(path, option)
}

/**
 * Makes the folder of `path` if need be and proves that a file can be made there, leaving nothing behind.
 *
 * @throws UsageError naming the file.
 */
export async function assertWritable(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const existing = await stat(path).catch(() => null)
    if (existing?.isDirectory() === true) throw new Error("it is a folder")
    if (existing !== null && !existing.isFile()) return await access(path, constants.W_OK)
    const probe = temporaryName(path)
    await (await open(probe, "w")).close()
    await rm(probe)
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `cannot write ${path} (${reasonOf(cause)})`, {
      cause,
      hint: "name a file in a folder that you may write to",
    })
  }
}

/**
 * Writes beside the file and renames: a reader sees the old text or the new one, never half of it. What is no plain file
 * (a pipe, /dev/null) is written to as it is; a link stays a link.
 *
 * @throws UsageError naming the file.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const place = await realpath(path).catch(() => path)
  const existing = await stat(place).catch(() => null)
  try {
    if (existing === null || existing.isFile()) await replaceFile(place, text)
    else await writeFile(place, text)
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `cannot write ${path} (${reasonOf(cause)})`, { cause })
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = temporaryName(path)
  try {
    await writeFile(temporary, text, { flush: true })
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw cause
  }
}

function temporaryName(path: string): string {
  return `${path}.${process.pid}.tmp`
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  // What making a folder says where a file stands in its place.
  EEXIST: "a part of the path is no folder",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined
  return (typeof code === "string" ? REASONS[code] : undefined) ?? messageOf(thrown)
}
