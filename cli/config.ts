/**
 * scimulate.config.{ts,js,json}: looked for in the folder and then upward, like every tool of this kind. Node runs the
 * TypeScript itself; flags win over what stands here.
 */
import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { z } from "zod"
import { UsageError, messageOf } from "./errors.ts"
import { readTextFile } from "./files.ts"
import { configSchema, LOAD_PATH_OPTIONS, PATH_OPTIONS, type Config } from "./options.ts"
import { suggestion } from "./suggest.ts"

const FILE_NAMES = ["scimulate.config.ts", "scimulate.config.js", "scimulate.config.json"] as const

/** The configuration that applies in `folder`, with paths made absolute; empty where there is no file. */
export async function readConfig(folder: string, explicitPath?: string): Promise<Config> {
  const path = explicitPath === undefined ? findConfig(folder) : resolve(folder, explicitPath)
  if (path === undefined) return {}
  return resolvePaths(parseConfig(await readConfigFile(path), path), dirname(path))
}

/** The nearest configuration file in `folder` or above it. */
function findConfig(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const found = FILE_NAMES.map((name) => join(here, name)).find((path) => existsSync(path))
    if (found !== undefined) return found
    if (dirname(here) === here) return undefined
  }
}

/**
 * Checks what a configuration file says.
 *
 * @throws UsageError naming file and option, with the option that was probably meant.
 */
function parseConfig(value: unknown, path: string): Config {
  const parsed = configSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === "unrecognized_keys") {
    const unknown = issue.keys[0] ?? ""
    const known = blockOf(issue.path[0]).shape
    const place = [...issue.path, unknown].join(".")
    throw new UsageError("USAGE_CONFIG", `${path}: unknown option "${place}"`, {
      hint: suggestion(unknown, Object.keys(known)),
    })
  }
  const place = issue === undefined || issue.path.length === 0 ? "" : ` "${issue.path.join(".")}"`
  throw new UsageError("USAGE_CONFIG", `${path}: option${place} is not valid: ${issue?.message ?? "unknown reason"}`, {
    hint: "scimulate run --help lists the options; in the file they stand in camel case",
  })
}

/** The schema of the block that a place in the file belongs to. */
function blockOf(name: PropertyKey | undefined): { readonly shape: object } {
  if (name === "target") return configSchema.shape.target.unwrap()
  return name === "load" ? configSchema.shape.load.unwrap() : configSchema
}

async function readConfigFile(path: string): Promise<unknown> {
  if (path.endsWith(".json")) {
    const text = await readTextFile(path, "--config")
    try {
      return JSON.parse(text)
    } catch (cause) {
      throw new UsageError("USAGE_CONFIG", `${path}: not valid JSON (${messageOf(cause)})`, { cause })
    }
  }
  if (!existsSync(path)) {
    throw new UsageError("USAGE_CONFIG", `--config: there is no ${path}`, { hint: "check the path" })
  }
  let module: unknown
  try {
    module = await import(pathToFileURL(path).href)
  } catch (cause) {
    throw new UsageError("USAGE_CONFIG", `${path}: cannot be loaded (${messageOf(cause)})`, { cause })
  }
  const exported = z.looseObject({ default: z.unknown() }).safeParse(module)
  if (!exported.success || exported.data.default === undefined) {
    throw new UsageError("USAGE_CONFIG", `${path}: has no default export`, {
      hint: "write `export default { … }`",
    })
  }
  return exported.data.default
}

function resolvePaths(config: Config, folder: string): Config {
  const paths = resolved(config, PATH_OPTIONS, folder)
  const { db, schemas } = config.target ?? {}
  return {
    ...config,
    ...paths,
    ...(config.load && { load: { ...config.load, ...resolved(config.load, LOAD_PATH_OPTIONS, folder) } }),
    ...(config.reporter && { reporter: config.reporter.map((value) => resolveReporter(value, folder)) }),
    ...(config.target && {
      target: {
        ...config.target,
        ...(db !== undefined && db !== ":memory:" && { db: resolve(folder, db) }),
        ...(schemas !== undefined && { schemas: resolve(folder, schemas) }),
      },
    }),
  }
}

function resolved<Name extends string>(
  options: Readonly<Partial<Record<Name, string | undefined>>>,
  names: readonly Name[],
  folder: string,
): Partial<Record<Name, string>> {
  const paths: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = options[name]
    if (value !== undefined) paths[name] = resolve(folder, value)
  }
  return paths
}

function resolveReporter(value: string, folder: string): string {
  const [name, ...path] = value.split("=")
  return path.length === 0 || path.join("") === "" ? value : `${name}=${resolve(folder, path.join("="))}`
}
