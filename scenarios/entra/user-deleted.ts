/** A person is deleted in the directory: for now, or for good. */
import { expectSameAccount, story, targetIdOf } from "./story.ts"

export const userDeletedAndRestored = story({
  id: "entra-user-deleted-and-restored",
  title: "Somebody deleted is deactivated; somebody restored gets back the account and is still in the groups",
  about: "users: restore",
  facts: ["ENG-DEPROV-03", "ENG-DEPROV-08", "WIRE-107", "WIRE-181", "WIRE-184"],
  needs: ["users", "groups", "filter", "patch"],
  why: "Entra does not send memberships again when it restores somebody: an endpoint that drops them on deactivation takes access away for good.",
  fix: "Deactivate an account without touching its attributes and memberships.",
  defects: ["deactivation-leaves-groups", "reactivation-ignored"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] }))
    await job.start()
    const account = targetIdOf(job, ada)

    step("Ada is deleted by mistake")
    tenant.softDelete(ada)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and restored two hours later")
    await clock.advance({ hours: 2 })
    tenant.restore(ada)
    await clock.advance({ minutes: 40 })
    await expectSameAccount(context, ada, account)
    await expect(target).toConverge()
  },
})

export const userDeletedForGood = story({
  id: "entra-user-deleted-for-good",
  title: "After thirty days in the recycle bin, or a purge by hand, the account is deleted",
  about: "users: delete",
  facts: ["ENG-DEPROV-03", "ENG-DEPROV-07", "WIRE-181", "WIRE-182", "WIRE-183"],
  needs: ["users", "filter", "patch"],
  // A cycle a day, and no probes, will do for a month in which nothing else happens.
  settings: { intervalMs: 86_400_000, probe: "whenBusy" },
  why: "Entra deletes once and does not look again: an account that survives keeps data that had to go.",
  fix: "Remove the account on DELETE, and answer 404 for it from then on.",
  defects: ["delete-without-effect", "deleted-user-readable"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const alan = tenant.createUser(people.directoryUser())
    app.assign(ada, grace, alan)
    await job.start()

    step("Alan is unassigned, then all three are deleted")
    app.unassign(alan)
    await clock.advance({ days: 1 })
    for (const leaver of [ada, grace, alan]) tenant.softDelete(leaver)
    await clock.advance({ days: 1 })
    await expect(target).toConverge()

    step("Grace is purged by hand")
    tenant.purge(grace)
    await clock.advance({ days: 1 })
    await expect(target).toConverge()

    step("thirty days later Ada is deleted; of Alan the job has let go")
    await clock.advance({ days: 30 })
    await expect(target).toConverge()
  },
})
