import { PLAIN_PEOPLE } from "./plain-people.ts"
import type { World } from "../world.ts"

/** 300 members are 300 PATCHes (WIRE-171, observed; snipe-it #19115). */
const STORM_SIZE = 300

/** Those who are members before; so large a PATCH is allowed (RES-05), and the endpoint is only being prepared. */
const PREPARED_MEMBERS_PER_PATCH = 100

/** A group grows to everybody; the last 300 come one member a PATCH, which the load sends side by side. */
export async function groupStorm({ tenant, populate, recording, job, clock, users }: World): Promise<void> {
  const [group] = populate({ ...PLAIN_PEOPLE, groupSizes: [0] })
  if (group === undefined) return
  const people = [...tenant.users()]
  const stormSize = Math.min(STORM_SIZE, Math.ceil(users / 2))
  tenant.transaction(() => {
    for (const person of people.slice(stormSize)) tenant.addMember(group, person)
  })
  job.updateSettings({ wire: { membersPerPatch: PREPARED_MEMBERS_PER_PATCH } })
  await job.start()
  recording.begin("load")
  job.updateSettings({ wire: { membersPerPatch: 1 } })
  for (const person of people.slice(0, stormSize)) tenant.addMember(group, person)
  await clock.advance({ minutes: 40 })
}
