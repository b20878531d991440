/**
 * Where k6 is. An explicit choice (`--k6`, then K6_BIN) is taken or refused as it is; otherwise the first usable one of PATH
 * and of the project's cache (`npm run k6:install`), so that an old k6 of the system does not stand in the way of a built one.
 */
import { execFile } from "node:child_process"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { EnvironmentError } from "../../protocol/index.ts"
import { isExecutable, pathsOf } from "./executables.ts"
import { K6_VERSION, isAtLeast, parseK6Version } from "./version.ts"

/** For every k6 that we start: no usage statistics, and no extensions fetched on the way. */
export const K6_ENVIRONMENT = { K6_NO_USAGE_REPORT: "true", K6_AUTO_EXTENSION_RESOLUTION: "false" } as const

/** How to get k6, in one sentence: the hint of every error about it. */
export const GET_K6 = `npm run k6:install (in a clone, with Go) builds k6 ${K6_VERSION}; or install k6 ${K6_VERSION} or newer yourself and put it in PATH, in K6_BIN, or behind --k6`

/** `k6 version` answers within a fraction of this. */
const VERSION_TIMEOUT_MS = 20_000

export type K6Place = "--k6" | "K6_BIN" | "PATH" | "cache"

export interface FoundK6 {
  readonly path: string
  /** `2.2.0` */
  readonly version: string
  readonly place: K6Place
}

export interface K6Search {
  /** What `--k6` says. */
  readonly flag?: string
  readonly environment: NodeJS.ProcessEnv
  /** The project's cache unless a test says otherwise. */
  readonly cache?: string
}

/** Where `npm run k6:install` puts k6. */
export function cachedK6(cache: string = fileURLToPath(new URL("../../.cache/k6/", import.meta.url))): string {
  return join(cache, `v${K6_VERSION}`, EXECUTABLE)
}

/**
 * The k6 to use.
 *
 * @throws EnvironmentError with a hint when there is none, or only one that is too old or no k6 at all.
 */
export async function findK6(search: K6Search): Promise<FoundK6> {
  const explicit = chosen(search)
  if (explicit !== null) return await usable(explicit)
  let refused: unknown = null
  for (const candidate of implied(search)) {
    try {
      return await usable(candidate)
    } catch (error) {
      refused ??= error
    }
  }
  if (refused !== null) throw refused
  throw refusal("k6 is not installed (looked in PATH and in the project's cache)")
}

interface Candidate {
  readonly path: string
  readonly place: K6Place
}

const EXECUTABLE = process.platform === "win32" ? "k6.exe" : "k6"

function chosen({ flag, environment }: K6Search): Candidate | null {
  if (flag !== undefined) return { path: resolve(flag), place: "--k6" }
  const named = environment["K6_BIN"] ?? ""
  return named === "" ? null : { path: resolve(named), place: "K6_BIN" }
}

function implied({ environment, cache }: K6Search): readonly Candidate[] {
  return [
    ...pathsOf(EXECUTABLE, environment).map((path): Candidate => ({ path, place: "PATH" })),
    { path: cachedK6(cache), place: "cache" } as const,
  ].filter(({ path }) => isExecutable(path))
}

async function usable({ path, place }: Candidate): Promise<FoundK6> {
  if (!isExecutable(path)) {
    throw refusal(`${place} names ${path}, which is not there or cannot be executed`)
  }
  const version = parseK6Version(await askVersion(path))
  if (version === null) {
    throw refusal(`${path} (${place}) is not k6: it does not say its version`)
  }
  if (!isAtLeast(version, K6_VERSION)) {
    throw refusal(`${path} (${place}) is k6 ${version}, and the profiles need ${K6_VERSION} or newer`)
  }
  return { path, version, place }
}

function refusal(message: string): EnvironmentError {
  return new EnvironmentError("ENV_K6", message, { hint: GET_K6 })
}

/** What it prints for `version`; nothing when it fails or hangs. */
async function askVersion(path: string): Promise<string> {
  const { promise, resolve: settle } = Promise.withResolvers<string>()
  const options = { timeout: VERSION_TIMEOUT_MS, env: { ...process.env, ...K6_ENVIRONMENT } }
  execFile(path, ["version"], options, (error, stdout) => settle(error === null ? stdout : ""))
  return await promise
}
