/** The failure of one object, which is no quarantine. */
import { story, targetIdOf } from "./story.ts"

export const oneConflict = story({
  id: "entra-one-conflict",
  title: "A conflict over one person's name is that person's alone: no quarantine, and a retry that succeeds",
  about: "errors and retries",
  facts: ["ENG-RETRY-01", "ENG-RETRY-05", "ENG-QUAR-03", "ENG-SCOPE-13", "RES-14", "WIRE-215", "WIRE-222"],
  needs: ["users", "filter", "patch"],
  allows: ["patch-conflict"],
  why: "An endpoint that lets two accounts share a name gives one person's access to another; one that fails as a whole stops everybody.",
  fix: "Check uniqueness of userName on PATCH as on create, answer 409 for that request, and serve all others.",
  defects: ["conflict-swallowed"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(ada, grace)
    await job.start()

    step("Ada gets a name that somebody at the target has, whom the directory does not know")
    const { userPrincipalName } = people.directoryUser()
    const stranger = await target.scim.givenUser({ userName: userPrincipalName })
    tenant.update(ada, { userPrincipalName })
    tenant.update(grace, { surname: "Murray" })
    await clock.advance({ minutes: 40 })
    expect(job).toBeActive()
    const holders = await target.scim.find("/Users", `userName eq "${userPrincipalName}"`)
    if (expect(holders).toBeListOf(1, { code: "duplicate-accepted" })) {
      expect(holders).toHaveValue("Resources.id", [stranger.id], { code: "duplicate-accepted" })
    }
    const graceAccount = await target.scim.get(`/Users/${targetIdOf(job, grace)}`)
    expect(graceAccount).toHaveValue("name.familyName", "Murray")

    step("the stranger gives the name away, and the next retry succeeds")
    const other = people.userName()
    await target.scim.patchOps(`/Users/${stranger.id}`, [{ op: "replace", path: "userName", value: other }])
    await clock.advance({ hours: 7 })
    await expect(target).toConverge()
  },
})
