/** Plays one history in a world of its own and judges how it ends. */
import { readDirectory } from "../../scenarios/directory-reader.ts"
import type { HistoryEvent, Setting } from "./events.ts"
import { JobPlay } from "./job-play.ts"
import type { Broken } from "./mutants.ts"
import { describe } from "./oracle/discrepancy.ts"
import { judgeTenant } from "./oracle/job.ts"
import { judge } from "./oracle/judge.ts"
import { toResources } from "./oracle/situation.ts"
import { playInTenant } from "./tenant-play.ts"
import { World } from "./world.ts"

export interface Outcome {
  /** What nothing explains, in words; empty where the promises are kept. */
  readonly problems: readonly string[]
  readonly excuses: ReadonlyMap<string, number>
  /** How often each kind of fault struck. */
  readonly strikes: ReadonlyMap<string, number>
  readonly looks: number
  readonly requests: number
  readonly trace: readonly string[]
}

export async function playHistory(
  setting: Setting,
  events: readonly HistoryEvent[],
  broken: Broken = {},
): Promise<Outcome> {
  const world = new World(setting, broken)
  try {
    await world.placeStrangers()
    found(world)
    const play = new JobPlay(world)
    await play.begin()
    for (const event of events) await play.play(event)
    await play.quieten()
    const { timeline, wire, job, tenant, application, trace, strikes } = world
    const real = judgeTenant(readDirectory(tenant, application), timeline.now.directory)
    const situation = {
      timeline,
      users: toResources(await wire.list("Users")),
      groups: toResources(await wire.list("Groups")),
      writes: wire.writes,
      attempts: wire.attempts,
      kept: wire.resources,
      escrows: job.escrows(),
      links: job.links(),
      quarantine: job.condition().quarantine,
      edits: wire.edits,
      tags: new Map([...world.tags].filter(([, tag]) => tag.startsWith("P"))),
    }
    const { unexplained, excuses } = judge(situation, real)
    const problems = unexplained.map((discrepancy) => describe(discrepancy, (id) => world.tag(id)))
    return { problems, excuses, strikes, looks: timeline.looks().length, requests: wire.requestCount, trace }
  } finally {
    world.close()
  }
}

const PEOPLE = 6
const TEAMS = [
  { name: 0, members: [0, 1, 2] },
  { name: 1, members: [2, 3] },
  { name: 2, members: [4] },
]

/** The company as it is before the job is started: some assigned by name, some by group, one not at all. */
function found(world: World): void {
  for (let number = 0; number < PEOPLE; number += 1) {
    playInTenant(world, { do: "create", name: 0, manager: Math.floor(number / 3), isAssigned: number % 3 === 0 })
  }
  for (const { name, members } of TEAMS) {
    playInTenant(world, { do: "createTeam", name, members, isAssigned: name < 2 })
  }
}
