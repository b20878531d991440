/** `--directory FILE` and `--mapping FILE`: what a run reads instead of its own people and mappings. Read before anything is sent. */
import { resolve } from "node:path"
import type { RunOptions } from "../../scenarios/index.ts"
import {
  DirectoryFileError,
  MappingError,
  parseMappings,
  readDirectoryFile,
  type DirectoryContents,
  type LoadedSchema,
} from "../../simulator/index.ts"
import { UsageError } from "../errors.ts"
import { readTextFile } from "../files.ts"
import type { RunOptions as CommandOptions } from "../options.ts"
import type { Session } from "../session.ts"

/** What was read, as the runner takes it. */
export type RunInput = Pick<RunOptions, "mappings" | "directory">

/**
 * Reads the files; what they say beside errors goes to stderr.
 *
 * @throws UsageError naming file, place and problem.
 */
export async function readInput(options: CommandOptions, { folder, terminal }: Session): Promise<RunInput> {
  const { directory, adoptExisting = false, mapping } = options
  if (directory === undefined && adoptExisting) {
    throw new UsageError("USAGE_OPTION", "--adopt-existing needs --directory FILE", {
      hint: "it is about the people of that file",
    })
  }
  const contents = directory === undefined ? undefined : readDirectory(resolve(folder, directory))
  for (const note of contents?.notes ?? []) terminal.note(`--directory: ${note}\n`)
  const loaded = mapping === undefined ? undefined : await readMapping(resolve(folder, mapping))
  for (const { path, message } of loaded?.warnings ?? []) terminal.note(`--mapping: ${path}: ${message}\n`)
  return {
    ...(contents !== undefined && { directory: { contents, adoptExisting } }),
    ...(loaded !== undefined && { mappings: loaded.mappings }),
  }
}

function readDirectory(path: string): DirectoryContents {
  try {
    return readDirectoryFile(path)
  } catch (cause) {
    if (!(cause instanceof DirectoryFileError)) throw cause
    throw new UsageError("USAGE_FILE", `--directory: ${cause.message}`, { cause, hint: "nothing was sent" })
  }
}

async function readMapping(path: string): Promise<LoadedSchema> {
  const text = await readTextFile(path, "--mapping")
  try {
    return parseMappings(text)
  } catch (cause) {
    if (!(cause instanceof MappingError)) throw cause
    throw new UsageError("USAGE_FILE", `--mapping: ${path}: ${cause.message}`, { cause, hint: "nothing was sent" })
  }
}
