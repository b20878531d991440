/** The life of a membership. */
import { expectMembers, story, targetIdOf } from "./story.ts"

export const membersComeAndGo = story({
  id: "entra-members-come-and-go",
  title: "Members join, move, leave and come back, and all the others stay",
  about: "groups: members",
  facts: ["ENG-REF-01", "ENG-DEPROV-11", "WIRE-159", "WIRE-166", "WIRE-167", "WIRE-168", "WIRE-170"],
  needs: ["users", "groups", "filter", "patch"],
  why: "Entra never reads members: whom an endpoint adds or removes by mistake keeps or loses access until somebody notices.",
  fix: "Add and remove exactly the members that an operation names, in its value list or in the filter of its path.",
  defects: ["add-replaces-list", "listed-members-empty-group", "remove-member-empties-group"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const alan = tenant.createUser(people.directoryUser())
    const pickers = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] })
    const drivers = tenant.createGroup({ displayName: people.unique("drivers") })
    app.assign(pickers, drivers)
    await job.start()

    step("Alan joins the pickers")
    tenant.addMember(pickers, alan)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("Grace moves to the drivers")
    tenant.removeMember(pickers, grace)
    tenant.addMember(drivers, grace)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("Alan leaves the pickers, and with them the application")
    tenant.removeMember(pickers, alan)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and comes back")
    tenant.addMember(pickers, alan)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const memberLeavesTheCompany = story({
  id: "entra-member-leaves-the-company",
  title: "When a member leaves the company, all the others stay in the group",
  about: "groups: members",
  facts: ["ENG-DEPROV-03", "ENG-DEPROV-08", "WIRE-182"],
  needs: ["users", "groups", "filter", "patch"],
  why: "Deleting an account must end one person's memberships and nobody else's.",
  fix: "Take a deleted account out of its groups, and leave the groups and the other members alone.",
  defects: ["deleted-user-takes-groups"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] }))
    await job.start()

    step("Ada leaves")
    tenant.softDelete(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and is deleted for good")
    tenant.purge(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const memberComesLate = story({
  id: "entra-member-comes-late",
  title: "A member who gets an account later joins the group when provisioning is restarted, and nobody is in it twice",
  about: "groups: members",
  facts: ["ENG-REF-04", "ENG-REF-11", "ENG-RESTART-03", "ENG-RESTART-07", "WIRE-172", "WIRE-173"],
  needs: ["users", "groups", "filter", "patch"],
  why: "A restart adds every member again. An endpoint that refuses the ones it has is sent them in every cycle from then on.",
  fix: "Answer the add of a member who is there already with success, and store it once.",
  defects: ["present-member-conflicts"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    step("Grace is in the group while her sign-in is blocked")
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser({ accountEnabled: false }))
    const group = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] })
    app.assign(group)
    await job.start()
    await expect(target).toConverge()

    step("she gets an account, and no membership")
    tenant.enable(grace)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("provisioning is restarted")
    await job.restart()
    await expectMembers(context, targetIdOf(job, group), [targetIdOf(job, ada), targetIdOf(job, grace)])
    await expect(target).toConverge()
  },
})

export const membersInBatches = story({
  id: "entra-members-in-batches",
  title: "Several members in one request all join, and all leave",
  about: "groups: members",
  facts: ["WIRE-159", "WIRE-166", "WIRE-168", "WIRE-169"],
  needs: ["users", "groups", "filter", "patch"],
  // The gallery asks for many members in a request; the groups of the other stories get them one by one.
  settings: { wire: { membersPerPatch: 5 } },
  why: "Whether Entra sends one member in a request or many is its own affair. An endpoint that takes the first of them only loses the others without a word.",
  fix: "Apply an operation to every member in its value list.",
  defects: ["first-member-only"],
  async run(context) {
    const { tenant, app, job, clock, people, step } = context
    const leavers = Array.from({ length: 6 }, () => tenant.createUser(people.directoryUser()))
    const ada = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [...leavers, ada] })
    app.assign(group, ...leavers)
    await job.start()
    const everybody = [...leavers, ada].map((member) => targetIdOf(job, member))
    await expectMembers(context, targetIdOf(job, group), everybody)

    step("six of seven leave the group")
    tenant.removeMember(group, ...leavers)
    await clock.advance({ minutes: 40 })
    await expectMembers(context, targetIdOf(job, group), [targetIdOf(job, ada)])
  },
})
