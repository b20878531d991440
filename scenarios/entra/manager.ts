/** Somebody's manager is set, replaced, and late. */
import { story } from "./story.ts"

export const managerChanges = story({
  id: "entra-manager-changes",
  title: "A manager is set and replaced by a PATCH of its own",
  about: "references: manager",
  facts: ["ENG-REF-01", "ENG-REF-02", "WIRE-129", "WIRE-130", "WIRE-133", "WIRE-134"],
  needs: ["users", "filter", "patch", "enterprise-user"],
  why: "Entra writes the manager as a plain id once both accounts exist. An endpoint that stores it otherwise loses the line of reporting.",
  fix: "Accept the id of the manager as a text at …:User:manager, and return it as an object with value.",
  defects: ["manager-object-needed", "manager-as-text"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("Ada reports to Grace")
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const alan = tenant.createUser(people.directoryUser())
    tenant.setManager(ada, grace)
    app.assign(ada, grace, alan)
    await job.start()
    await expect(target).toConverge()

    step("then to Alan")
    tenant.setManager(ada, alan)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const managerComesLate = story({
  id: "entra-manager-comes-late",
  title: "A manager who gets an account later is written when provisioning is restarted",
  about: "references: manager",
  facts: ["ENG-REF-03", "ENG-RESTART-03", "ENG-RESTART-07", "WIRE-136"],
  needs: ["users", "filter", "patch", "enterprise-user"],
  why: "Entra leaves out a manager without an account and does not come back to it; the restart that helps must find everybody unchanged.",
  fix: "Accept the manager in a PATCH at any time, and answer the PATCH of an unchanged person as any other.",
  defects: ["manager-object-needed"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("Ada's manager has no account")
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    tenant.setManager(ada, grace)
    app.assign(ada)
    await job.start()
    await expect(target).toConverge()

    step("the manager gets one, which changes nothing for Ada")
    app.assign(grace)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("provisioning is restarted")
    await job.restart()
    await expect(target).toConverge()
  },
})
