/** Who is the job's business: assignment, roles, filters, dynamic groups, and several jobs at one target (ENG-SCOPE, ENG-FILTER). */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { createWorld, person, worldWithAda } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"

const { user: USER, group: GROUP } = defaultMappings()
const pickersOnly: ProvisioningMappings = {
  user: {
    ...USER,
    scope: [{ name: "pickers", clauses: [{ attribute: "department", operator: "EQUALS", values: ["Pickers"] }] }],
  },
  group: GROUP,
}

describe("the scope of a job", () => {
  it.each([
    [false, ["ada@orchard.example"]],
    [true, ["ada@orchard.example", "bob@orchard.example"]],
  ])(
    "ENG-SCOPE-01 ENG-FILTER-02 sync all %s: a filter counts beside the assignment, or alone",
    async (syncAll, names) => {
      const world = createWorld({ settings: { syncAll }, mappings: pickersOnly })
      const [ada, bob, cleo, dora] = ["ada", "bob", "cleo", "dora"].map((name) => person(world, name))
      if (ada === undefined || bob === undefined || cleo === undefined || dora === undefined) throw new Error("four")
      for (const picker of [ada, bob]) world.tenant.update(picker, { department: "Pickers" })
      // Assigned: one who passes the filter and one who fails it. Of the others, too, one passes and one fails.
      world.application.assign(ada, cleo)
      await world.job.start()
      expect([...world.target.resources.values()].map((one) => one["userName"])).toEqual(names)
    },
  )

  it("ENG-SCOPE-07 the default access is a role like any other", async () => {
    const world = createWorld()
    const [ada, bob] = [person(world, "ada"), person(world, "bob")]
    world.application.assignRole("msiam_access", ada)
    world.application.assign(bob)
    await world.job.start()
    expect(world.job.links()).toHaveLength(2)
    const scoping = world.job
      .log({ sourceId: ada.id })[0]
      ?.provisioningSteps.find((step) => step.provisioningStepType === "scoping")
    expect(scoping?.details).toMatchObject({ "User has the required role": "True" })
  })

  it("ENG-SCOPE-04 a dynamic group: its lag comes on top of the cycle, and who drops out of the rule is de-provisioned", async () => {
    const world = createWorld({ membershipRuleLagMs: 30 * 60_000 })
    const { tenant, application, job, clock, target } = world
    application.assign(tenant.createGroup({ displayName: "Cider", membershipRule: 'user.department -eq "Cider"' }))
    await job.start()
    await clock.advance({ minutes: 20 })
    const ada = person(world, "ada")
    tenant.update(ada, { department: "Cider" })
    // The cycle after 40 minutes comes 20 minutes after her hire, before the rule has seen her.
    await clock.advance({ minutes: 20 })
    expect(job.link("User", ada.id)).toBeNull()
    await clock.advance({ minutes: 40 })
    expect(target.resources.get("u1")).toMatchObject({ active: true })
    expect(target.resources.get("g1")).toMatchObject({ members: ["u1"] })
    tenant.update(ada, { department: "Juice" })
    await clock.advance({ minutes: 40 })
    expect(target.resources.get("u1")).toMatchObject({ active: false })
    expect(target.resources.get("g1")).toMatchObject({ members: [] })
  })

  it("ENG-SCOPE-16 two jobs at one target work alone, blind to each other: where their scopes meet, they fight", async () => {
    const world = worldWithAda()
    const { tenant, target, clock } = world
    const other = tenant.createApplication("Cellar")
    other.assign(world.user)
    const titled = USER.attributes.map((row) =>
      row.target === "title" ? { ...row, source: 'Join("-", "cellar", [jobTitle])' } : row,
    )
    const second = createProvisioningJob({
      ...world.options,
      application: other,
      mappings: { user: { ...USER, attributes: titled }, group: GROUP },
    })
    await world.job.start()
    await second.start()
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u1")
    expect(second.link("User", world.user.id)?.targetId).toBe("u1")
    tenant.update(world.user, { jobTitle: "Picker" })
    target.take()
    await clock.advance({ minutes: 40 })
    const titles = target.take().flatMap((line) => /"path":"title","value":"([\w-]+)"/.exec(line)?.[1] ?? [])
    expect(titles).toEqual(["Picker", "cellar-Picker"])
    // Who leaves one of them is disabled for both.
    other.unassign(world.user)
    await clock.advance({ minutes: 40 })
    expect(target.resources.get("u1")).toMatchObject({ active: false })
    expect(world.job.link("User", world.user.id)?.state).toBe("active")
  })
})
