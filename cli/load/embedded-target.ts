/** The reference target as `scimulate target` serves it, in a process of its own: what sends must not share its time. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { EnvironmentError } from "../errors.ts"
import { assertDefectsKnown } from "../known-defects.ts"
import { tenantName } from "../../load/index.ts"
import { systemIds } from "../../simulator/index.ts"
import type { LoadOptions } from "../options.ts"
import type { Session } from "../session.ts"

export interface EmbeddedTarget {
  /** Where SCIM begins for the only tenant, or for each of several. */
  readonly urls: readonly string[]
  /** For the report. */
  readonly url: string
  /** Of all tenants. */
  readonly token: string
  readonly stop: () => Promise<void>
}

/**
 * Starts it on a free port of this machine, with a token that it makes up.
 *
 * @throws UsageError for an unknown defect, EnvironmentError with its own words where it does not come up.
 */
export async function startEmbeddedTarget(
  { defect = [], compat }: Pick<LoadOptions, "defect" | "compat">,
  tenants: number,
  { terminal }: Session,
): Promise<EmbeddedTarget> {
  assertDefectsKnown(defect)
  const token = systemIds.next().replaceAll("-", "")
  const names = tenants === 1 ? [] : Array.from({ length: tenants }, (_, index) => tenantName(index))
  // What it is told stands in a configuration of its own, so that no token stands on a command line, and none of the user's is found.
  const folder = mkdtempSync(join(tmpdir(), "scimulate-target-"))
  const config = {
    target: {
      port: 0,
      token,
      defect,
      ...(compat !== undefined && { compat }),
      tenant: names.map((name) => `${name}=${token}`),
    },
  }
  writeFileSync(join(folder, "scimulate.config.json"), JSON.stringify(config), { mode: 0o600 })
  const child = spawn(process.execPath, [program(), "target"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl-C reaches the whole group: the target has to live until its end state is read.
    detached: true,
  })
  const kill = (): void => void child.kill("SIGKILL")
  process.once("exit", kill)
  const ended = once(child, "close")
  let complaints = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text))
  const lines = createInterface({ input: child.stdout })

  async function stop(): Promise<void> {
    child.kill("SIGTERM")
    await ended
    process.off("exit", kill)
    rmSync(folder, { recursive: true, force: true })
  }

  let url: string | undefined
  for await (const line of lines) {
    url = /^listening (\S+)$/.exec(line)?.[1]
    break
  }
  if (url === undefined) {
    await stop()
    throw refusal(complaints)
  }
  terminal.hide([token])
  child.stdout.resume()
  const { origin, pathname } = new URL(url)
  const urls = names.length === 0 ? [url] : names.map((name) => `${origin}/t/${name}${pathname}`)
  return { urls, url: names.length === 0 ? url : `${origin}/t/{tenant}${pathname}`, token, stop }
}

/** Its own first sentence of complaint. */
function refusal(complaints: string): EnvironmentError {
  const [first = "it said nothing", hint] = complaints.trim().split("\n")
  return new EnvironmentError("ENV_TARGET", `the embedded target did not start: ${first.replace(/^error: /, "")}`, {
    ...(hint !== undefined && { hint: hint.trim() }),
  })
}

/** The bin beside this file in a clone, and at the package's root once built. */
function program(): string {
  const source = fileURLToPath(new URL("../bin.mjs", import.meta.url))
  return existsSync(source) ? source : fileURLToPath(new URL("../../../cli/bin.mjs", import.meta.url))
}
