/** From flags and configuration file to options: flags win, and both are checked by the same schema. */
import { z } from "zod"
import { readConfig } from "./config.ts"
import { UsageError } from "./errors.ts"
import { runOptionsSchema, targetOptionsSchema, TOKEN_OPTIONS, type RunOptions, type TargetOptions } from "./options.ts"

const configFlagSchema = z.object({ config: z.string().optional() })

/** Options of `run` in this folder, with these flags. */
export async function readRunOptions(folder: string, flags: Readonly<Record<string, unknown>>): Promise<RunOptions> {
  const { run } = await readFlaggedConfig(folder, flags)
  const replacesToken = TOKEN_OPTIONS.some((name) => name in flags)
  const config = replacesToken ? without(run, TOKEN_OPTIONS) : run
  return parseOptions(runOptionsSchema, config, flags)
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
): Promise<{ run: RunOptions; target: TargetOptions }> {
  const { target = {}, ...run } = await readConfig(folder, configFlagSchema.parse(flags).config)
  return { run, target }
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
