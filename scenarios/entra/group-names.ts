/** Groups are matched by name: what becomes of names that are there twice, in the directory or at the target. */
import { expectMembers, story, targetIdOf } from "./story.ts"

export const groupsOfOneName = story({
  id: "entra-groups-of-one-name",
  title: "Two groups of one name never become one: the second waits until it is renamed",
  about: "matching: groups",
  facts: ["ENG-MATCH-05", "ENG-MATCH-15", "ENG-RETRY-05", "WIRE-157", "WIRE-164"],
  needs: ["users", "groups", "filter", "patch"],
  why: "A directory allows two groups of one name. If their members are mixed at the target, people get access that was never theirs.",
  fix: "Compare displayName in searches as a whole and without regard to case, and keep it unique.",
  defects: ["group-filter-ignored"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    step("two groups of one name are assigned")
    const name = people.unique("pickers")
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const first = tenant.createGroup({ displayName: name }, { members: [ada] })
    const second = tenant.createGroup({ displayName: name }, { members: [grace] })
    app.assign(first, second)
    await job.start()
    expect(job).toBeActive()
    expect(await target.scim.find("/Groups", `displayName eq "${name}"`)).toBeListOf(1)
    await expectMembers(context, targetIdOf(job, first), [targetIdOf(job, ada)])

    step("the second gets a name of its own")
    tenant.renameGroup(second, people.unique("drivers"))
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const groupNamesAlike = story({
  id: "entra-group-names-alike",
  title: "Groups whose names are alike but not the same are all provisioned, each with its own members",
  about: "matching: groups",
  facts: ["ENG-MATCH-04", "ENG-MATCH-14", "ENG-MATCH-15", "WIRE-047", "WIRE-052", "WIRE-157"],
  needs: ["users", "groups", "filter", "patch"],
  why: "The counter-case of equal names: a search that finds too much, or stumbles over a character, merges groups or stops them.",
  fix: "Compare displayName as a whole; decode + and %2B, and accept quotes, apostrophes and every script in a filter.",
  defects: ["eq-as-contains", "quote-breaks-search", "plus-not-decoded", "query-decoded-twice"],
  async run({ tenant, app, job, target, people, expect, step }) {
    step("four groups are assigned, the longest name first")
    const name = people.unique("Picker's")
    for (const displayName of [`${name} "North" & co`, `${name}+`, `${name} 営業部`, name]) {
      const member = tenant.createUser(people.directoryUser())
      app.assign(tenant.createGroup({ displayName }, { members: [member] }))
    }
    await job.start()
    await expect(target).toConverge()

    step("provisioning is restarted in full, and each group is found by its name")
    await job.restart(["Full"])
    await expect(target).toConverge()
  },
})

export const groupNameExistsOnce = story({
  id: "entra-group-name-exists-once",
  title: "A group that the target has already is adopted by its name, in any letter case, and keeps its members",
  about: "matching: groups",
  facts: ["ENG-MATCH-04", "ENG-MATCH-06", "ENG-MATCH-15", "ENG-REF-11", "WIRE-074", "WIRE-157"],
  needs: ["users", "groups", "filter", "patch"],
  why: "Groups were there before Entra was. One that is not found is created again, or refused for ever; one that is emptied takes access away.",
  fix: "Find groups by displayName without regard to case, and let members be added to those that are there.",
  defects: ["filter-values-case-sensitive", "add-replaces-list"],
  async run(context) {
    const { tenant, app, job, target, people, expect, step } = context
    const name = people.unique("pickers")
    const { id: veteran } = await target.scim.givenUser()
    await target.scim.givenGroup({ displayName: name.toUpperCase(), members: [{ value: veteran }] })

    step("the directory's group of that name is assigned")
    const ada = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: name }, { members: [ada] })
    app.assign(group)
    await job.start()
    await expectMembers(context, targetIdOf(job, group), [veteran, targetIdOf(job, ada)])
    // A difference of case alone is none.
    await expect(target).toConverge([{ name, path: "displayName", fact: "FN-TOLOWER-2" }])
  },
})

export const groupNameExistsTwice = story({
  id: "entra-group-name-exists-twice",
  title: "A second group of one name is refused; where the target has two, Entra writes to neither",
  about: "matching: groups",
  facts: ["ENG-MATCH-04", "ENG-MATCH-15", "WIRE-074", "WIRE-164"],
  needs: ["users", "groups", "filter", "patch"],
  allows: ["several-matches"],
  level: "should",
  why: "With two groups of the name Entra gives up on it (DuplicateTargetEntries) and tries again for weeks.",
  fix: "Refuse a second group of the same displayName with 409 uniqueness.",
  defects: ["duplicate-group-accepted"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const displayName = people.unique("pickers")
    await target.scim.givenGroup({ displayName })
    const second = await target.scim.post("/Groups", people.minimalGroup({ displayName }))
    expect(second).toHaveStatus(409, { code: "duplicate-group-accepted" })
    const { id } = second.object

    step("the directory's group of that name is assigned")
    const ada = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName }, { members: [ada] })
    app.assign(group)
    await job.start()
    if (typeof id === "string") {
      const found = await target.scim.find("/Groups", `displayName eq "${displayName}"`)
      expect(found).toHaveNoValue("Resources.members", { code: "members-mixed" })

      step("one of the two is removed by hand")
      await target.scim.delete(`/Groups/${id}`)
      await clock.advance({ minutes: 40 })
    }
    await expect(target).toConverge()
  },
})
