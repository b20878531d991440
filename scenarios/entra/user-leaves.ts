/** A person leaves and comes back, or does not. */
import { expectSameAccount, story, targetIdOf } from "./story.ts"

export const userLeavesAndReturns = story({
  id: "entra-user-leaves-and-returns",
  title: "Somebody who is blocked or unassigned is deactivated, and finds the same account on coming back",
  about: "users: de-provisioning",
  facts: [
    "ENG-DEPROV-01",
    "ENG-DEPROV-02",
    "ENG-DEPROV-09",
    "ENG-MATCH-16",
    "WIRE-106",
    "WIRE-107",
    "WIRE-179",
    "WIRE-184",
  ],
  needs: ["users", "filter", "patch"],
  why: "A disable that is lost leaves access behind; a deactivated account that cannot be found again is created a second time, or not at all.",
  fix: 'Store active from true, false, "True" and "False"; keep returning deactivated accounts by id and in searches.',
  defects: ["disable-without-effect", "reactivation-ignored", "inactive-hidden", "text-booleans-truthy"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(ada, grace)
    await job.start()
    const account = targetIdOf(job, ada)

    step("Ada's sign-in is blocked")
    tenant.disable(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and allowed again, with a new title")
    tenant.update(ada, { accountEnabled: true, jobTitle: "Countess" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("Ada is unassigned")
    app.unassign(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and assigned again")
    app.assign(ada)
    await clock.advance({ minutes: 40 })
    await expectSameAccount(context, ada, account)
    await expect(target).toConverge()
  },
})

export const blockedUserJoins = story({
  id: "entra-blocked-user-joins",
  title: "Somebody whose sign-in is blocked gets an account when it is allowed, not before",
  about: "users: scope",
  facts: ["ENG-SCOPE-08", "ENG-SCOPE-10", "WIRE-094"],
  needs: ["users", "filter"],
  why: "Entra never creates a deactivated account: who waits for one before the first day of work waits in vain.",
  fix: "Accept the create of an active account, whoever was in the directory before.",
  defects: ["created-inactive"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("Ada is assigned before her first day")
    const ada = tenant.createUser(people.directoryUser({ accountEnabled: false }))
    app.assign(ada)
    await job.start()
    await expect(target).toConverge()

    step("her first day")
    tenant.enable(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})
