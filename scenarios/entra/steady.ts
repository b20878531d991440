/** The job at rest: nothing changes, everything is looked at again, or somebody else meddles. */
import { expectOnlyProbes, expectSameAccount, story, targetIdOf } from "./story.ts"

export const quietNight = story({
  id: "entra-quiet-night",
  title: "While nothing changes, Entra sends a probe for users and one for groups in each cycle, and both find nothing",
  about: "cycles",
  facts: ["ENG-CYCLE-06", "ENG-CYCLE-14", "ENG-CYCLE-15", "WIRE-196", "WIRE-203", "WIRE-217"],
  needs: ["users", "filter"],
  why: "A probe that is answered with 404 instead of an empty list quarantines a job that has nothing to do.",
  fix: "Answer a search that finds nobody with 200 and totalResults 0, for users and for groups.",
  defects: ["empty-search-404"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    app.assign(tenant.createUser(people.directoryUser()))
    await job.start()

    step("six hours pass")
    await clock.advance({ hours: 6 })
    expect(job).toBeActive()
    expectOnlyProbes(context, job.cycles().slice(1))
    await expect(target).toConverge()
  },
})

export const restart = story({
  id: "entra-restart",
  title: "A restart looks at everybody again and changes nothing, even when the job has forgotten whom it knew",
  about: "restart",
  facts: ["ENG-RESTART-02", "ENG-RESTART-03", "ENG-RESTART-04", "ENG-REF-11", "WIRE-172", "WIRE-198"],
  needs: ["users", "groups", "filter", "patch"],
  why: "A restart is the cure for many things. It sends every membership again, and after a full one every account has to be found by name.",
  fix: "Find accounts and groups by name, and answer the add of a member who is there with success.",
  defects: ["present-member-conflicts"],
  async run(context) {
    const { tenant, app, job, target, people, expect, step } = context
    const ada = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada] })
    app.assign(group)
    await job.start()
    const account = targetIdOf(job, ada)

    step("provisioning is restarted in the portal")
    await job.restart()
    await expect(target).toConverge()

    step("it is restarted in full: the links are forgotten")
    await job.restart(["Full"])
    await expectSameAccount(context, ada, account)
    await expect(target).toConverge()
  },
})

export const accountVanished = story({
  id: "entra-account-vanished",
  title: "An account that was removed at the target is created again when its person changes",
  about: "matching: users",
  // An endpoint may keep the names of the deleted, which is not wise (RFC 7644 §3.6, SHOULD).
  allows: ["conflict-after-empty-search"],
  facts: ["ENG-MATCH-09", "RES-07", "WIRE-077", "WIRE-203", "WIRE-205"],
  needs: ["users", "filter"],
  why: "Somebody cleans up by hand. Only a clear 404, and an empty search, let Entra make the account anew.",
  fix: "Answer GET for an id that is gone with 404, and a search for its name with an empty list.",
  defects: ["unknown-id-400"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()
    if (!expect(job).toHaveProvisioned(1)) return

    step("Ada's account is removed at the target")
    await target.scim.delete(`/Users/${targetIdOf(job, ada)}`)
    await clock.advance({ minutes: 40 })

    step("Ada changes")
    tenant.update(ada, { surname: "King" })
    await clock.advance({ minutes: 40 })
    expect(job).toBeActive()
    if (targetIdOf(job, ada) !== "") await expect(target).toConverge()
    else {
      expect.fail({
        code: "deleted-name-reserved",
        message: "The account could not be created again",
        expected: "a new account for the name of the one that was removed",
        actual: "a failure in every cycle",
        advice: "Let the userName of a deleted account be used again.",
        severity: "warning",
        fact: "RFC7644-3.6-04",
      })
    }
  },
})

export const valuesComeBack = story({
  id: "entra-values-come-back-as-sent",
  title: "Values come back as they were sent, so that a change sends what changed and nothing else",
  about: "users: change",
  level: "should",
  facts: ["ENG-MATCH-12", "WIRE-075", "WIRE-078", "WIRE-195"],
  needs: ["users", "filter", "patch"],
  why: "Entra compares what it reads with what it would write. A telephone number in another form, or an address in lower case, is sent again with every change.",
  fix: "Store and return values as they were sent; normalise a copy where you need one.",
  defects: ["phone-numbers-normalised"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser({ telephoneNumber: "+1 (425) 555-0100", city: " Ockham " }))
    app.assign(ada)
    await job.start()

    step("Ada's title changes")
    tenant.update(ada, { jobTitle: "Countess" })
    await clock.advance({ minutes: 40 })
    const changed = job
      .log({ sourceId: ada.id })
      .at(-1)
      ?.modifiedProperties.map(({ displayName }) => displayName)
    expect.that(changed?.join() === "title", {
      code: "sent-again",
      message: "Values that had not changed were sent again",
      expected: "a PATCH of title",
      actual: `a PATCH of ${changed?.join(", ") ?? "nothing"}`,
    })
    await expect(target).toConverge()
  },
})
