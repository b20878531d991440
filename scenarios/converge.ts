/** `expect(target).toConverge()`: reads both sides and lets the second oracle compare them. */
import type { Finding } from "../reports/index.ts"
import type { Escrow } from "../simulator/index.ts"
import type { CaseDesk } from "./case-desk.ts"
import type { Scenario } from "./define.ts"
import type { FindingDraft } from "./expect.ts"
import { toFinding } from "./findings.ts"
import type { JobLine } from "./job-line.ts"
import { judgeConvergence } from "./oracles/convergence.ts"
import type { Expectations } from "./oracles/expected-attributes.ts"
import type { Excuse, Exemption } from "./oracles/situation.ts"
import type { DirectorySnapshot } from "./oracles/snapshot.ts"
import { readTarget } from "./target-reader.ts"
import type { Timeline } from "./timeline.ts"

export interface Converger {
  readonly converge: (exemptions: readonly Exemption[]) => Promise<boolean>
  /** What was excused so far. */
  readonly excuses: readonly Excuse[]
}

export interface ConvergerOptions {
  readonly scenario: Scenario
  readonly desk: CaseDesk
  readonly line: JobLine
  readonly timeline: Timeline
  readonly expectations: Expectations
  readonly readDirectory: () => DirectorySnapshot
  /** Whether something is known to be wrong already, which explains what is left to retry. */
  readonly isExplained: () => boolean
}

export function createConverger(options: ConvergerOptions): Converger {
  const { scenario, desk, line, timeline, expectations } = options
  const excuses: Excuse[] = []
  const record = (finding: Finding): false => {
    desk.record(finding)
    return false
  }

  async function converge(exemptions: readonly Exemption[]): Promise<boolean> {
    const escrows = timeline.job.escrows()
    if (escrows.length > 0) {
      return record(toFinding(escrowDraft(escrows, line.lastExchanges()), scenario, options.isExplained()))
    }
    const history = { seen: timeline.seen, now: options.readDirectory() }
    const target = await readTarget(desk.context.scim, history, expectations, line.created)
    const convergence = judgeConvergence({ history, target, expectations, exemptions })
    excuses.push(...convergence.excuses)
    for (const draft of convergence.drafts) record(toFinding(draft, scenario))
    return convergence.drafts.length === 0
  }

  return { converge, excuses }
}

/** The oracle speaks only once nothing is left to retry; until then that is what there is to say. */
function escrowDraft(escrows: readonly Escrow[], exchanges: readonly string[]): FindingDraft {
  const codes = [...new Set(escrows.map(({ errorCode }) => errorCode))]
  return {
    code: `left-to-retry:${codes.join("+")}`,
    message: `${escrows.length === 1 ? "1 object" : `${escrows.length} objects`} failed and must be retried`,
    expected: "everything provisioned once the cycle has ended",
    actual: `left to retry after ${codes.join(", ")}`,
    exchanges,
  }
}
