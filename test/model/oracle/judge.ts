/** The oracle: what differs, what a fact explains, and what nothing does. */
import type { Discrepancy } from "./discrepancy.ts"
import { EXCUSES } from "./excuses.ts"
import { judgeThreshold } from "./held.ts"
import { judgeJob } from "./job.ts"
import { judgePeople } from "./people.ts"
import type { Situation } from "./situation.ts"
import { judgeTeams } from "./teams.ts"
import { judgeWrites } from "./writes.ts"

export interface Judgement {
  /** What nothing explains. */
  readonly unexplained: readonly Discrepancy[]
  /** How often each fact explained something, by its id. */
  readonly excuses: ReadonlyMap<string, number>
}

export function judge(situation: Situation, more: readonly Discrepancy[] = []): Judgement {
  const found = [
    ...more,
    ...judgePeople(situation),
    ...judgeTeams(situation),
    ...judgeWrites(situation),
    ...judgeJob(situation),
    ...judgeThreshold(situation),
  ]
  const unexplained: Discrepancy[] = []
  const excuses = new Map<string, number>()
  for (const discrepancy of found) {
    const excuse = EXCUSES.find(({ explains }) => explains(discrepancy, situation))
    if (excuse === undefined) unexplained.push(discrepancy)
    else excuses.set(excuse.fact, (excuses.get(excuse.fact) ?? 0) + 1)
  }
  return { unexplained, excuses }
}
