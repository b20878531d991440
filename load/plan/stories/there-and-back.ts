import { PLAIN_PEOPLE } from "./plain-people.ts"
import type { World } from "../world.ts"

/**
 * Changes that are taken back in the next cycle, so that the load can be repeated for as long as one likes and the end state
 * stays what it was: new titles, members of a group out and in, one person in ten blocked and let in again.
 */
export async function thereAndBack({ tenant, populate, recording, job, clock, users }: World): Promise<void> {
  const [group] = populate({ ...PLAIN_PEOPLE, groupSizes: [Math.ceil(users / 2)] })
  await job.start()
  recording.begin("load")
  const people = [...tenant.users()]
  const moving = group === undefined ? [] : people.filter((person, n) => n % 3 === 0 && tenant.isMember(group, person))
  const blocked = people.filter((_, index) => index % 10 === 1)

  for (const person of people) tenant.update(person, { jobTitle: `Acting ${person.jobTitle ?? ""}` })
  for (const person of blocked) tenant.disable(person)
  if (group !== undefined) for (const person of moving) tenant.removeMember(group, person)
  await clock.advance({ minutes: 40 })

  for (const { jobTitle = null, ...person } of people) tenant.update(person, { jobTitle })
  for (const person of blocked) tenant.enable(person)
  if (group !== undefined) for (const person of moving) tenant.addMember(group, person)
  await clock.advance({ minutes: 40 })
}
