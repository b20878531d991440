/**
 * Builds the pinned k6 from its Go module into the project's cache. Go's own settings (GOFLAGS, GOPROXY, GOTOOLCHAIN) are
 * left as they are; go.sum holds what every module must hash to.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { EnvironmentError } from "../../protocol/index.ts"
import { cachedK6, findK6, type FoundK6 } from "./find-k6.ts"
import { K6_VERSION, isAtLeast } from "./version.ts"

const MODULE = fileURLToPath(new URL("./", import.meta.url))

export interface Installation {
  readonly environment: NodeJS.ProcessEnv
  /** Told what is going on, a line at a time. */
  readonly note: (line: string) => void
  /** The project's cache unless a test says otherwise. */
  readonly cache?: string
}

/**
 * The k6 in the cache: built unless it is there already.
 *
 * @throws EnvironmentError when Go is missing or too old, or the build fails.
 */
export async function installK6({ environment, note, cache }: Installation): Promise<FoundK6> {
  const path = cachedK6(cache)
  const there = await findK6({ flag: path, environment }).catch(() => null)
  if (there?.version === K6_VERSION) {
    note(`k6 ${there.version} is there already: ${path}`)
    return { ...there, place: "cache" }
  }
  const go = requireGo(environment)
  note(`building k6 ${K6_VERSION} with Go ${go} (some minutes the first time) …`)
  build(path, environment)
  const built = await findK6({ flag: path, environment })
  note(`k6 ${built.version} is built: ${path}`)
  return { ...built, place: "cache" }
}

/** The version of the Go that builds this module: in its folder, so that a Go that fetches newer toolchains says that one. */
function requireGo(environment: NodeJS.ProcessEnv): string {
  const needed = /^go (\S+)$/m.exec(readFileSync(new URL("go.mod", import.meta.url), "utf8"))?.[1] ?? "0"
  const hint = `install Go ${needed} or newer; or install k6 ${K6_VERSION} or newer from your system's packages and put it in PATH, in K6_BIN, or behind --k6`
  const { status, stdout } = spawnSync("go", ["version"], { cwd: MODULE, env: environment, encoding: "utf8" })
  const version = /\bgo(\d+(?:\.\d+)*)/.exec(stdout ?? "")?.[1]
  if (status !== 0 || version === undefined) {
    throw new EnvironmentError("ENV_K6", `building k6 ${K6_VERSION} needs Go, which is not in PATH`, { hint })
  }
  if (isAtLeast(version, needed)) return version
  throw new EnvironmentError(
    "ENV_K6",
    `building k6 ${K6_VERSION} needs Go ${needed} or newer, and this is ${version}`,
    { hint },
  )
}

/** Under another name first: a build that is interrupted leaves nothing that looks like k6. */
function build(path: string, environment: NodeJS.ProcessEnv): void {
  const unfinished = `${path}.building`
  mkdirSync(dirname(path), { recursive: true })
  const { status } = spawnSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", unfinished, "."], {
    cwd: MODULE,
    env: { ...environment, CGO_ENABLED: "0" },
    stdio: ["ignore", "ignore", "inherit"],
  })
  if (status === 0) {
    renameSync(unfinished, path)
    return
  }
  rmSync(unfinished, { force: true })
  const hint = "Go's own message stands above; it needs a module proxy (GOPROXY) or the modules in its cache"
  throw new EnvironmentError("ENV_K6", `go could not build k6 ${K6_VERSION}`, { hint })
}
