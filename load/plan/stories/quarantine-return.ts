import type { World } from "../world.ts"
import { changePeople } from "./day-of-changes.ts"

const CHANGED_SHARE = 0.2

/** Three days without an answer: the job goes into quarantine (ENG-QUAR-01), the directory lives on, and all of it comes at once. */
export async function quarantineReturn(world: World): Promise<void> {
  const { populate, recording, job, clock, users } = world
  const groups = populate()
  await job.start()
  recording.breakOff()
  await clock.advance({ minutes: 40 })
  await changePeople(world, groups, Math.ceil(users * CHANGED_SHARE), () => Promise.resolve())
  await clock.advance({ days: 3 })
  recording.comeBack()
  recording.begin("load")
  await job.start()
}
