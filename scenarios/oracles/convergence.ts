/**
 * The second oracle: once a cycle has ended with nothing left to retry, does the target hold what the directory holds, as
 * far as Entra would have sent it? What it never sends is an excuse that names its fact and is counted.
 */
import { judgeAccount } from "./account-convergence.ts"
import type { Expectations } from "./expected-attributes.ts"
import { judgeGroup } from "./group-convergence.ts"
import { ownGroups, ownUsers, type Convergence, type Exemption, type Situation, type TargetState } from "./situation.ts"
import { idsOf, type History } from "./snapshot.ts"

export interface ConvergenceInput {
  readonly history: History
  readonly target: TargetState
  readonly expectations: Expectations
  readonly exemptions?: readonly Exemption[]
}

/** Compares. Every finding names what GET returned as its evidence. */
export function judgeConvergence({ history, target, expectations, exemptions = [] }: ConvergenceInput): Convergence {
  const situation: Situation = {
    history,
    expectations,
    accounts: ownUsers(history, expectations, target.users),
    groups: ownGroups(history, target.groups),
    searches: target.searches,
    exemptions,
  }
  const verdicts = [
    ...idsOf(history, "users").map((id) => judgeAccount(id, situation)),
    ...idsOf(history, "groups").map((id) => judgeGroup(id, situation)),
  ]
  return { drafts: verdicts.flatMap(({ drafts }) => drafts), excuses: verdicts.flatMap(({ excuses }) => excuses) }
}
