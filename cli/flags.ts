/** From flags and configuration file to options: flags win, and both are checked by the same schema. */
import { z } from "zod"
import { readConfig } from "./config.ts"
import { UsageError } from "./errors.ts"
import {
  type Config,
  loadOptionsSchema,
  type LoadOptions,
  runOptionsSchema,
  type RunOptions,
  SHARED_OPTIONS,
  targetOptionsSchema,
  type TargetOptions,
  TOKEN_OPTIONS,
} from "./options.ts"

const configFlagSchema = z.object({ config: z.string().optional() })

/** Options of `run` in this folder, with these flags. */
export async function readRunOptions(folder: string, flags: Readonly<Record<string, unknown>>): Promise<RunOptions> {
  const { run } = await readFlaggedConfig(folder, flags)
  return parseOptions(runOptionsSchema, withoutReplaced(run, flags), flags)
}

/** Options of `load` in this folder, with these flags: its own block of the configuration, and what it shares with `run`. */
export async function readLoadOptions(folder: string, flags: Readonly<Record<string, unknown>>): Promise<LoadOptions> {
  const { run, load } = await readFlaggedConfig(folder, flags)
  const shared = Object.fromEntries(Object.entries(run).filter(([name]) => SHARED_OPTIONS.includes(name)))
  return parseOptions(loadOptionsSchema, { ...withoutReplaced(shared, flags), ...load }, flags)
}

/** A flag that gives credentials replaces all that the configuration says of them. */
function withoutReplaced(config: object, flags: Readonly<Record<string, unknown>>): object {
  return TOKEN_OPTIONS.some((name) => name in flags) ? without(config, TOKEN_OPTIONS) : config
}

/** Options of `target` in this folder, with these flags. */
export async function readTargetOptions(
  folder: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<TargetOptions> {
  const { target } = await readFlaggedConfig(folder, flags)
  return parseOptions(targetOptionsSchema, target, flags)
}

async function readFlaggedConfig(
  folder: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<{ run: RunOptions; target: TargetOptions; load: NonNullable<Config["load"]> }> {
  const { target = {}, load = {}, ...run } = await readConfig(folder, configFlagSchema.parse(flags).config)
  return { run, target, load }
}

function parseOptions<T>(schema: z.ZodType<T>, config: object, flags: Readonly<Record<string, unknown>>): T {
  const parsed = schema.safeParse({ ...config, ...without(flags, ["config"]) })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const flag = toFlag(String(issue?.path[0] ?? ""))
  throw new UsageError("USAGE_OPTION", `${flag} is not valid: ${issue?.message ?? "unknown reason"}`, {
    hint: "--help lists the options",
  })
}

function without(options: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)))
}

/** `allowWrites` → `--allow-writes`. */
function toFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
