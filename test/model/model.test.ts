/**
 * The promises of the engine over random histories (CONTRIBUTING.md, "A model test"). Each promise is one of issue
 * #4: the convergence oracle, nobody left active who left, no doubles, no write that changes nothing; what a fact excuses is counted.
 */
import { expect, it } from "vitest"
import { renderRun } from "./report.ts"
import { runModel } from "./run-model.ts"

const STEPS = 100
const HISTORIES = 300
/** Of real time: no history is begun after it. */
const BUDGET_MS = 170_000

it(
  "ENG-CYCLE-03 ENG-RESTART-07 whatever happens to tenant, job and wire, the target ends as the facts say",
  { timeout: 240_000 },
  async () => {
    const run = await runModel({ histories: HISTORIES, steps: STEPS, seed: 20261121, timeLimitMs: BUDGET_MS })
    process.stderr.write(`${renderRun(run, { steps: STEPS })}\n`)
    expect(run.failure === null ? "kept" : renderRun(run, { steps: STEPS })).toBe("kept")
    expect(run.histories).toBeGreaterThanOrEqual(HISTORIES)
  },
)
