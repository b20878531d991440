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
export type RunInput = Pick<RunOptions, "mappings">

/**
 * Reads the files; what they say beside errors goes to stderr.
 *
 * @throws UsageError naming file, place and problem.
 */
export async function readInput(options: CommandOptions, { folder, terminal }: Session): Promise<RunInput> {
  if (options.directory !== undefined) refuseDirectory(readDirectory(resolve(folder, options.directory)))
  if (options.adoptExisting === true) {
    throw new UsageError("USAGE_OPTION", "--adopt-existing needs --directory FILE", {
      hint: "it is about the people of that file",
    })
  }
  if (options.mapping === undefined) return {}
  const { mappings, warnings } = await readMapping(resolve(folder, options.mapping))
  for (const { path, message } of warnings) terminal.note(`--mapping: ${path}: ${message}\n`)
  return { mappings }
}

// TODO(#4): hand the contents to the runner once its scenarios can be told over a given directory.
function refuseDirectory({ users, groups }: DirectoryContents): never {
  const found = `${users.length} people and ${groups.length} groups were found in the file`
  throw new UsageError("USAGE_OPTION", `--directory is not available yet: ${found}, and no scenario plays with them`, {
    hint: "leave it out: the people are invented then; in code, loadDirectory puts the file into a tenant",
  })
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
