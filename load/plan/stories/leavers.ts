import type { World } from "../world.ts"

/** Every second person leaves: to the recycle bin, so disabled; then out of it, so deleted (ENG-DEPROV-04, documented). */
export async function leavers({ tenant, populate, recording, job, clock }: World): Promise<void> {
  populate()
  await job.start()
  recording.begin("load")
  const leaving = [...tenant.users()].filter((_, index) => index % 2 === 0)
  tenant.transaction(() => {
    for (const person of leaving) tenant.softDelete(person)
  })
  await clock.advance({ minutes: 40 })
  tenant.transaction(() => {
    for (const person of leaving) tenant.purge(person)
  })
  await clock.advance({ minutes: 40 })
}
