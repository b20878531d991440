/** Serves the reference target over HTTP until interrupted. */
import { resolve } from "node:path"
import { systemIds, systemOrderedIds, SystemClock } from "../simulator/index.ts"
import {
  createTarget,
  readSchemas,
  SchemaFileError,
  withLimits,
  type Catalogue,
  type Limits,
  type Target,
  type TargetOptions as CreateOptions,
} from "../target/index.ts"
import { isLoopbackHost } from "./connect/loopback.ts"
import { UsageError, messageOf } from "./errors.ts"
import { EXIT_CODES, type ExitCode } from "./exit-code.ts"
import { readTextFile } from "./files.ts"
import { readTargetOptions } from "./flags.ts"
import { listen } from "./http-server.ts"
import { assertDefectsKnown } from "./known-defects.ts"
import type { TargetOptions } from "./options.ts"
import type { Session } from "./session.ts"
import { readGuards, secretsOf } from "./target-guards.ts"

const DEFAULT_PORT = 8080
const DEFAULT_HOST = "127.0.0.1"
/** Where SCIM begins on our servers (design.md, Commands). */
const SCIM_PATH = "/scim/v2"

/**
 * Listens, says where, and resolves once interrupted and closed.
 *
 * @throws EnvironmentError where the port cannot be had, UsageError where it would listen beyond this machine without a token.
 */
export async function serveTarget(session: Session, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const options = await readTargetOptions(session.folder, flags)
  const host = options.host ?? DEFAULT_HOST
  const guards = await readGuards(options, session)
  const { tokens, generated } = tokensFor(host, options)
  session.terminal.hide([...tokens, ...secretsOf(guards)])
  const catalogue = await readCatalogue(options, session)
  const scheduler = new SystemClock()
  const target = openTarget(
    options,
    { ...guards, tokens, clock: scheduler, ...(catalogue && { schemas: catalogue }) },
    session,
  )
  try {
    const server = await listen({ ...target, host, port: options.port ?? DEFAULT_PORT, scheduler })
    const shownHost = host.includes(":") ? `[${host}]` : host
    session.terminal.print(`listening http://${shownHost}:${server.port}${SCIM_PATH}\n`)
    if (generated !== undefined) session.terminal.print(`token ${generated}\n`)
    await interrupted(session)
    target.drain()
    await server.close()
  } finally {
    target.close()
  }
  return EXIT_CODES.passed
}

/** The types and schemas of the file that --schemas names. @throws UsageError with the file, the place and the fix */
async function readCatalogue({ schemas }: TargetOptions, session: Session): Promise<Catalogue | undefined> {
  if (schemas === undefined) return undefined
  const path = resolve(session.folder, schemas)
  const text = await readTextFile(path, "--schemas")
  try {
    return readSchemas(text, schemas)
  } catch (cause) {
    if (!(cause instanceof SchemaFileError)) throw cause
    throw new UsageError("USAGE_FILE", `--schemas: ${cause.message}`, {
      cause,
      ...(cause.hint !== undefined && { hint: cause.hint }),
    })
  }
}

function openTarget(
  { db, compat, defect = [], limit }: TargetOptions,
  given: Omit<CreateOptions, "ids" | "db" | "compat" | "defects" | "limits">,
  session: Session,
): Target {
  assertDefectsKnown(defect)
  const limits = limit === undefined ? undefined : toLimits(limit)
  try {
    return createTarget({
      ...given,
      ids: systemOrderedIds,
      stopwatch: () => performance.now(),
      defects: defect,
      ...(db !== undefined && { db: db === ":memory:" ? db : resolve(session.folder, db) }),
      ...(compat !== undefined && { compat }),
      ...(limits !== undefined && { limits }),
      onUnexpected: (error) => session.terminal.note(`${error instanceof Error ? error.stack : String(error)}\n`),
    })
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError("USAGE_OPTION", cause.message, { cause })
    if (db === undefined) throw cause
    throw new UsageError("USAGE_FILE", `--db: cannot open ${db} (${messageOf(cause)})`, {
      cause,
      hint: "name a new file, or one that scimulate target made",
    })
  }
}

/** @throws UsageError for a name that is no limit, or a value that none can have */
function toLimits(given: NonNullable<TargetOptions["limit"]>): Limits {
  try {
    return withLimits(given)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UsageError("USAGE_OPTION", `--limit: ${cause.message}`, {
      cause,
      hint: "docs/target-limits.md lists the limits",
    })
  }
}

function tokensFor(host: string, options: TargetOptions): { tokens: readonly string[]; generated?: string } {
  const { token = [], tenant, adminToken, adminTokenEnv, oauthClient, jwtIssuer } = options
  if (token.length > 0) return { tokens: token }
  if (isLoopbackHost(host)) {
    const generated = systemIds.next().replaceAll("-", "")
    return { tokens: [generated], generated }
  }
  const others = [tenant, adminToken, adminTokenEnv, oauthClient, jwtIssuer]
  if (others.some((option) => option !== undefined)) return { tokens: [] }
  throw new UsageError("USAGE_OPTION", `--host ${host} can be reached from other machines, so --token is needed`, {
    hint: "choose a token that is hard to guess: --token T",
  })
}

async function interrupted(session: Session): Promise<void> {
  await new Promise<void>((resolve) => {
    session.onInterrupt(resolve)
  })
}
