/**
 * `scimulate/vitest`: each case as a test of the caller's own suite.
 *
 * ```ts
 * import { conformance } from "scimulate/vitest"
 * import { app } from "./app.ts"
 *
 * conformance({ target: app.fetch, url: "http://localhost/scim/v2", token: "secret" })
 * ```
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest"

import type { CaseResult, Exchange } from "../reports/index.ts"
import { SystemClock, systemSeed } from "../simulator/index.ts"
import { openRun, type OpenRun } from "./open-run.ts"
import { ALL_CASES } from "./registry.ts"
import { runCase } from "./run-case.ts"
import { selectCases, type Selection } from "./select.ts"
import { IN_PROCESS_URL, type Credentials, type TargetSource } from "./target-source.ts"

export interface ConformanceOptions extends Credentials, Selection {
  /** The endpoint as a fetch handler (a Hono app's `fetch`): no socket. Without it the endpoint is reached at `url`. */
  readonly target?: (request: Request) => Response | Promise<Response>
  /** Base URL. Default `http://localhost/scim/v2`. */
  readonly url?: string
  /** Cases that fail for a known reason, by id or key: run as tests that are expected to fail. */
  readonly known?: readonly string[]
  /** Lets cases write to an endpoint that is not on this machine. */
  readonly allowWrites?: boolean
  /** Default: 1 for a handler, random for a server. */
  readonly seed?: number
  /** For one case, in milliseconds. Default 60 seconds. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 60_000

/**
 * Registers every chosen case as a test. A case that fails or is errored fails its test, with what was expected, what came,
 * and the exchange that shows it; one that warns passes; one that cannot run is skipped with the reason.
 * @throws UsageError for a choice that makes no sense; a target that cannot be tested fails all tests with the reason.
 */
export function conformance(options: ConformanceOptions): void {
  const { known = [], timeoutMs = TIMEOUT_MS } = options
  const target = toSource(options)
  const seed = options.seed ?? (target.kind === "external" ? systemSeed() : 1)
  const planned = selectCases(ALL_CASES, options)

  describe(`SCIM conformance of ${options.url ?? IN_PROCESS_URL} (seed ${seed})`, () => {
    let run: OpenRun | undefined
    beforeAll(async () => {
      run = await openRun({ target, seed, clock: new SystemClock() })
    }, timeoutMs)
    afterAll(() => run?.close())

    for (const item of planned) {
      const isKnown = known.includes(item.key) || known.includes(item.case.id)
      const test = isKnown ? it.fails : it
      test(`${item.key}: ${item.case.title}`, { timeout: timeoutMs }, async ({ skip }) => {
        if (run === undefined) throw new Error("the target could not be tested")
        const { result, exchanges } = await runCase(item, run.settings)
        if (result.status === "skipped") skip(result.skipReason)
        if (result.status === "failed" || result.status === "errored") expect.fail(explain(result, exchanges))
      })
    }
  })
}

function toSource({ target, url, token, headers, allowWrites = false }: ConformanceOptions): TargetSource {
  const credentials = { ...(token !== undefined && { token }), ...(headers !== undefined && { headers }) }
  if (target !== undefined) {
    return { kind: "in-process", handler: target, credentials, ...(url !== undefined && { url }) }
  }
  return { kind: "external", url: url ?? IN_PROCESS_URL, credentials, allowWrites }
}

/** What a developer reads when a test fails: what is wrong, how to fix it, and the exchange. */
function explain({ error, findings }: CaseResult, exchanges: readonly Exchange[]): string {
  if (error !== undefined) return `scimulate itself failed, which is no verdict on the endpoint:\n${error}`
  return findings
    .filter(({ severity }) => severity === "failure")
    .map(({ message, expected, actual, advice, exchanges: named }) => {
      const shown = exchanges.filter(({ id }) => named.includes(id)).map(show)
      return [message, `  expected  ${expected}`, `  actual    ${actual}`, `  advice    ${advice}`, ...shown].join("\n")
    })
    .join("\n\n")
}

function show({ request, response, failure }: Exchange): string {
  const answer = response === null ? `no answer: ${failure}` : `${response.status} ${response.body ?? ""}`
  return `  ${request.method} ${request.url} ${request.body ?? ""}\n  → ${answer}`
}
