/** Removes what a crashed run left at an endpoint, and says what that was. */
import { z } from "zod"
import { TransportError } from "../../protocol/index.ts"
import { socketTransport } from "../../simulator/index.ts"
import { connect } from "../connect/connect.ts"
import { EnvironmentError, UsageError } from "../errors.ts"
import { EXIT_CODES, type ExitCode } from "../exit-code.ts"
import { readRunOptions } from "../flags.ts"
import type { Session } from "../session.ts"
import { findLeftovers, removeLeftover, type LeftoverSearch } from "./leftovers.ts"

/** As scenarios/ makes them: long enough that no other name holds one by accident. */
const RUN_ID = /^[a-z][a-z0-9]{6}$/

const cleanFlagsSchema = z.looseObject({ run: z.string(), list: z.boolean().optional() })

/**
 * Lists and (without `--list`) removes. Gives 1 where something could not be removed.
 *
 * @throws UsageError for what is no run id, EnvironmentError where the endpoint cannot be asked.
 */
export async function clean(
  session: Session,
  url: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<ExitCode> {
  const { run: runId, list = false, ...connectionFlags } = cleanFlagsSchema.parse(flags)
  if (!RUN_ID.test(runId)) {
    throw new UsageError("USAGE_OPTION", `--run: "${runId}" is no run id`, {
      hint: "it is seven letters and digits, in the report's first lines and in every name the run made: user-ID-…",
    })
  }
  const options = await readRunOptions(session.folder, connectionFlags)
  const { baseUrl, token, headers, timeoutMs, ca } = await connect(url, options, session)
  const transport = socketTransport({
    timeoutMs,
    insecure: options.insecure === true,
    allowNonLoopback: options.allowWrites === true,
    ...(ca !== undefined && { ca }),
  })
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  try {
    return await remove({ transport, baseUrl, headers: { ...authorization, ...headers }, runId }, list, session)
  } catch (thrown) {
    throw thrown instanceof TransportError ? toUserError(thrown) : thrown
  } finally {
    await transport.close()
  }
}

async function remove(search: LeftoverSearch, listOnly: boolean, { terminal }: Session): Promise<ExitCode> {
  const leftovers = await findLeftovers(search)
  if (leftovers.length === 0) terminal.print(`nothing carries the id ${search.runId}\n`)
  let failed = false
  for (const leftover of leftovers) {
    const failure = listOnly ? undefined : await removeLeftover(search, leftover)
    const done = listOnly ? "would remove" : failure === undefined ? "removed" : "not removed"
    terminal.print(`${done} ${leftover.path} (${leftover.name})${failure === undefined ? "" : `: ${failure}`}\n`)
    failed ||= failure !== undefined
  }
  return failed ? EXIT_CODES.failed : EXIT_CODES.passed
}

function toUserError(cause: TransportError): Error {
  if (cause.failure !== "forbidden") return new EnvironmentError("ENV_TARGET", cause.message, { cause })
  return new UsageError("USAGE_WRITES", cause.message, { cause, hint: "add --allow-writes if that is what you want" })
}
