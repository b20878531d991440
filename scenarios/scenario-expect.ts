/** `expect` of scenarios: what holds of the job and of the target, beside what holds of an answer. */
import type { Answer } from "./checks/context.ts"
import type { Expect, FindingDraft, Hint } from "./expect.ts"
import type { Exemption } from "./oracles/situation.ts"
import type { JobMatchers, ScenarioExpect, ScenarioJob, ScenarioTarget, TargetMatchers } from "./scenario-context.ts"

export interface ScenarioSubjects {
  readonly job: ScenarioJob
  readonly target: ScenarioTarget
  /** Ids of the exchanges that show the job's state: the last ones it had. */
  readonly evidence: () => readonly string[]
  readonly converge: (exemptions: readonly Exemption[]) => Promise<boolean>
}

/** Adds the job and the target to what can be expected. */
export function createScenarioExpect(expect: Expect, subjects: ScenarioSubjects): ScenarioExpect {
  const { target, converge } = subjects
  const jobMatchers = createJobMatchers(expect, subjects)
  const targetMatchers: TargetMatchers = { toConverge: (exemptions = []) => converge(exemptions) }

  function expectation(subject: ScenarioJob): JobMatchers
  function expectation(subject: ScenarioTarget): TargetMatchers
  function expectation(subject: Answer): ReturnType<Expect>
  function expectation(subject: Answer | ScenarioJob | ScenarioTarget) {
    if ("exchange" in subject) return expect(subject)
    return subject === target ? targetMatchers : jobMatchers
  }

  return Object.assign(expectation, { that: expect.that, fail: expect.fail, note: expect.note })
}

function createJobMatchers(expect: Expect, { job, evidence }: ScenarioSubjects): JobMatchers {
  const draft = (words: Omit<FindingDraft, "exchanges">, hint: Hint | undefined): FindingDraft => ({
    ...words,
    ...hint,
    exchanges: evidence(),
  })

  /** What the job says of itself: `Active`, or `Quarantine (EncounteredQuarantineException: …)`. */
  function condition(): string {
    const { code, quarantine } = job.condition()
    return quarantine === null ? code : `${code} (${quarantine.reason}: ${quarantine.error.message})`
  }

  return {
    toBeInQuarantine(reason, hint) {
      const { code, quarantine } = job.condition()
      const holds = code === "Quarantine" && (reason === undefined || quarantine?.reason === reason)
      const words = {
        code: "not-quarantined",
        message: "The job did not go into quarantine",
        expected: reason === undefined ? "a job in quarantine" : `a job in quarantine for ${reason}`,
        actual: `state ${condition()}`,
      }
      return expect.that(holds, draft(words, hint))
    },
    toBeActive(hint) {
      const { code, schedule } = job.condition()
      const words = {
        code: "job-not-active",
        message: "The job does not run as it should",
        expected: "state Active",
        actual: `state ${condition()}`,
      }
      return expect.that(code === "Active" && schedule === "Active", draft(words, hint))
    },
    toHaveProvisioned(users, hint) {
      const count = job.links().filter(({ objectType, state }) => objectType === "User" && state === "active").length
      const words = {
        code: "not-provisioned",
        message: `The job keeps ${count} instead of ${users} users active at the target`,
        expected: `${users} users with an active account`,
        actual: `${count}`,
      }
      return expect.that(count === users, draft(words, hint))
    },
  }
}
