/** The life of a group. */
import { story, targetIdOf } from "./story.ts"

export const groupRenamed = story({
  id: "entra-group-renamed",
  title: "A group is created empty and renamed, and the name it had is free for another group",
  about: "groups: rename",
  facts: ["ENG-CYCLE-04", "ENG-MATCH-13", "WIRE-157", "WIRE-161", "WIRE-163", "WIRE-165"],
  needs: ["groups", "filter", "patch"],
  why: "An endpoint that keeps the old name occupied refuses the next group of that name for ever (ory/polis #3559).",
  fix: "Check names against those that groups have now, and let PATCH change displayName with or without path.",
  defects: ["old-group-name-reserved"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("an empty group is assigned")
    const oldName = people.unique("pickers")
    const group = tenant.createGroup({ displayName: oldName })
    app.assign(group)
    await job.start()
    await expect(target).toConverge()

    step("it is renamed")
    tenant.renameGroup(group, people.unique("harvesters"))
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("another group gets the old name")
    const other = tenant.createGroup({ displayName: oldName })
    app.assign(other)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("that one is deleted, and the first gets its old name back")
    tenant.deleteGroup(other)
    await clock.advance({ minutes: 40 })
    tenant.renameGroup(group, oldName)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const groupLeavesAndReturns = story({
  id: "entra-group-leaves-and-returns",
  title: "A group that is unassigned is deleted, and created again with its members when it is assigned again",
  about: "groups: delete",
  facts: ["ENG-DEPROV-04", "ENG-DEPROV-11", "WIRE-163", "WIRE-166", "WIRE-175", "WIRE-178"],
  needs: ["users", "groups", "filter", "patch"],
  why: "A group that stays after DELETE still grants what it granted; one whose name stays taken never comes back.",
  fix: "Remove the group on DELETE, leave its members alone, and let its name be used again.",
  defects: ["deleted-group-readable"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] })
    app.assign(group, grace)
    await job.start()
    await expect(target).toConverge()
    const before = targetIdOf(job, group)
    if (before === "") return

    step("the group is unassigned, and with it Ada; Grace is assigned herself")
    app.unassign(group)
    await clock.advance({ minutes: 40 })
    expect(await target.scim.get(`/Groups/${before}`)).toHaveStatus(404, { code: "group-not-deleted" })
    await expect(target).toConverge()

    step("the group is assigned again")
    app.assign(group)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("the group is deleted in the directory")
    tenant.deleteGroup(group)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})
