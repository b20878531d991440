/** The endpoint as a scenario holds it: its tokens, faults in front of it, and a client of the case's own. */
import type { CaseDesk } from "./case-desk.ts"
import type { JobLine } from "./job-line.ts"
import type { ScenarioTarget } from "./scenario-context.ts"

export interface TargetHold {
  readonly target: ScenarioTarget
  /** Whether a fault has stood in for the endpoint. */
  readonly wasSimulated: () => boolean
}

export function holdTarget({ endpoint, context, redactor }: CaseDesk, line: JobLine): TargetHold {
  const { tokens } = endpoint
  let isSimulated = false

  function withTokens<T>(work: () => T): Promise<T> {
    isSimulated ||= !tokens.isReal
    return Promise.resolve(work())
  }

  const target: ScenarioTarget = {
    scim: context.scim,
    expireToken: () => withTokens(() => tokens.expire()),
    renewToken: () => withTokens(() => tokens.renew()),
    rotateToken: () =>
      withTokens(() => {
        const token = tokens.rotate()
        redactor.add(token)
        return token
      }),
    addFaults: (...handlers) => line.addFaults(...handlers),
    clearFaults: () => line.clearFaults(),
  }
  return { target, wasSimulated: () => isSimulated }
}
