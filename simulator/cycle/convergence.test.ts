/** Whatever happens in the directory, cycles and a restart bring the target in step, and then there is nothing left to send. */
import * as fc from "fast-check"
import { expect, it } from "vitest"
import type { DialectName } from "../dialect/dialect.ts"
import type { Group, User } from "../directory/model.ts"
import { createWorld, type World } from "./job.fixture.ts"

const EVENTS = [
  "assign",
  "unassign",
  "rename",
  "disable",
  "enable",
  "softDelete",
  "restore",
  "addMember",
  "removeMember",
  "setManager",
  "clearManager",
  "renameGroup",
  "assignGroup",
  "unassignGroup",
  "cycle",
] as const

interface Step {
  readonly event: (typeof EVENTS)[number]
  readonly person: number
  readonly other: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    event: fc.constantFrom(...EVENTS),
    person: fc.nat({ max: 3 }),
    other: fc.nat({ max: 3 }),
  }),
  { maxLength: 25 },
)

async function play(world: World, people: readonly User[], groups: readonly Group[], step: Step): Promise<void> {
  const { tenant, application, clock } = world
  const user = people[step.person % people.length]
  const other = people[step.other % people.length]
  const group = groups[step.other % groups.length]
  if (user === undefined || other === undefined || group === undefined) return
  const isDeleted = tenant.user(user.id)?.deletedAtMs !== null
  const isAssigned = application.assignmentsOf(user).length > 0
  const isMember = tenant.isMember(group, user)
  switch (step.event) {
    case "assign":
      if (!isDeleted && !isAssigned) application.assign(user)
      break
    case "unassign":
      if (!isDeleted && isAssigned) application.unassign(user)
      break
    case "rename":
      if (!isDeleted) tenant.update(user, { displayName: `Person ${step.other}`, jobTitle: `Job ${step.other}` })
      break
    case "disable":
      if (!isDeleted) tenant.disable(user)
      break
    case "enable":
      if (!isDeleted) tenant.enable(user)
      break
    case "softDelete":
      if (!isDeleted) tenant.softDelete(user)
      break
    case "restore":
      if (isDeleted) tenant.restore(user)
      break
    case "addMember":
      if (!isDeleted && !isMember) tenant.addMember(group, user)
      break
    case "removeMember":
      if (!isDeleted && isMember) tenant.removeMember(group, user)
      break
    case "setManager":
      if (!isDeleted && other.id !== user.id && tenant.user(other.id)?.deletedAtMs === null)
        tenant.setManager(user, other)
      break
    case "clearManager":
      if (!isDeleted) tenant.setManager(user, null)
      break
    case "renameGroup":
      tenant.renameGroup(group, `${group.displayName} ${step.person}`)
      break
    case "assignGroup":
      if (application.assignmentsOf(group).length === 0) application.assign(group)
      break
    case "unassignGroup":
      if (application.assignmentsOf(group).length > 0) application.unassign(group)
      break
    case "cycle":
      await clock.advance({ minutes: 40 })
      break
  }
}

/** What the facts promise for the end, computed from the directory alone. */
function assertInStep(
  { tenant, application, target, job }: World,
  people: readonly User[],
  groups: readonly Group[],
): void {
  const inScope = (user: User): boolean =>
    user.deletedAtMs === null && user.accountEnabled && application.isAssigned(user)
  for (const { id } of people) {
    const user = tenant.user(id)
    const link = job.link("User", id)
    if (user === undefined) continue
    if (inScope(user)) expect(link?.state).toBe("active")
    const resource = link === null ? undefined : target.resources.get(link.targetId)
    if (link !== null) expect(resource?.["active"]).toBe(inScope(user))
    if (inScope(user))
      expect(resource).toMatchObject({ displayName: user.displayName, userName: user.userPrincipalName })
  }
  for (const { id, objectType } of groups) {
    const link = job.link("Group", id)
    expect(link !== null).toBe(application.isAssigned({ id, objectType }))
    if (link === null) continue
    const resource = target.resources.get(link.targetId)
    expect(resource?.["displayName"]).toBe(tenant.group(id)?.displayName)
    const members = new Set((resource?.["members"] as string[] | undefined) ?? [])
    for (const user of people.map((one) => tenant.user(one.id))) {
      const targetId = user === undefined ? undefined : job.link("User", user.id)?.targetId
      if (user === undefined || targetId === undefined) continue
      const isMember = tenant.isMember({ id, objectType }, user)
      if (isMember && inScope(user)) expect(members.has(targetId)).toBe(true)
      if (!isMember) expect(members.has(targetId)).toBe(false)
    }
  }
}

it.each<DialectName>(["entra", "entra-optscim"])(
  "ENG-CYCLE-03 ENG-RESTART-07 any history converges in %s, and a second restart writes nothing but memberships again",
  async (dialect) => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const world = createWorld({ dialect })
        const people = ["ada", "bob", "cleo", "dora"].map((name) =>
          world.tenant.createUser({ userPrincipalName: `${name}@orchard.example`, displayName: name }),
        )
        const groups = ["Pickers", "Sorters"].map((displayName) => world.tenant.createGroup({ displayName }))
        for (const group of groups) world.tenant.addMember(group, ...people)
        world.application.assign(...people, ...groups)
        await world.job.start()
        for (const step of history) await play(world, people, groups, step)
        await world.clock.advance({ minutes: 40 })
        await world.job.restart()
        assertInStep(world, people, groups)
        expect(world.job.escrows()).toEqual([])
        world.target.take()
        await world.job.restart()
        const writes = world.target.take().filter((line) => !line.startsWith("GET"))
        expect(writes.filter((line) => !/^PATCH \/Groups\/\S+ .*"op":"[Aa]dd","path":"members"/.test(line))).toEqual([])
      }),
      { numRuns: 60, seed: 7 },
    )
  },
)
