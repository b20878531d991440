import type { World } from "../world.ts"
import { changePeople } from "./day-of-changes.ts"

/** A day of Entra's rhythm (ENG-CYCLE-07, documented as about 40 minutes). */
const CYCLES_A_DAY = 36
const DAILY_SHARE = 0.02

/** A day in a tenant: 2 % of the people change, spread over 36 cycles; most cycles only probe. */
export async function incremental(world: World): Promise<void> {
  const { populate, recording, job, clock, users } = world
  const groups = populate()
  await job.start()
  recording.begin("load")
  const count = Math.max(1, Math.round(users * DAILY_SHARE))
  let cycles = 0
  const runCyclesUntil = async (wanted: number): Promise<void> => {
    for (; cycles < wanted; cycles++) await clock.advance({ minutes: 40 })
  }
  await changePeople(world, groups, count, (index) => runCyclesUntil(Math.floor((index * CYCLES_A_DAY) / count)))
  await runCyclesUntil(CYCLES_A_DAY)
}
