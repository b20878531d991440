/** Quarantine on an expired token, the ways out of it, and a rotation that does not lead into it. */
import { expectOnlyProbes, story } from "./story.ts"

export const tokenExpired = story({
  id: "entra-token-expired",
  title: "An expired token stops provisioning at once; a new token and a start bring everything that was missed",
  about: "quarantine",
  facts: [
    "ENG-QUAR-01",
    "ENG-QUAR-07",
    "ENG-QUAR-09",
    "ENG-QUAR-14",
    "ENG-CRED-03",
    "ENG-CRED-06",
    "WIRE-217",
    "WIRE-225",
  ],
  needs: ["users", "filter", "patch", "token-control"],
  why: "Tokens expire at night. Entra asks less and less often, with one probe each time, and resumes where it stopped: nothing may be lost or doubled.",
  fix: "Refuse an expired token with 401, accept a new one at once, and do not lock out a client that came with an old one.",
  defects: ["any-token-accepted", "refusals-lock-out"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(ada, grace)
    await job.start()
    await expect(target).toConverge()

    step("the token expires; Ada marries, Grace is blocked, Alan joins")
    const token = await target.rotateToken()
    tenant.update(ada, { surname: "King" })
    tenant.disable(grace)
    app.assign(tenant.createUser(people.directoryUser()))
    await clock.advance({ minutes: 40 })
    expect(job).toBeInQuarantine("EncounteredQuarantineException")

    step("attempts follow after half an hour, one hour, two hours")
    await clock.advance({ hours: 3, minutes: 30 })
    expect(job).toBeInQuarantine("EncounteredQuarantineException")
    expectOnlyProbes(context, job.cycles().slice(1))

    step("the administrator enters the new token, tests the connection and starts provisioning")
    job.updateCredentials({ token })
    expect.that((await job.testConnection()).ok, {
      code: "new-token-refused",
      message: "The connection test fails with the new token",
      expected: "an empty ListResponse for a search that finds nobody",
      actual: "a refusal",
    })
    await job.start()
    expect(job).toBeActive()
    await expect(target).toConverge()
  },
})

export const tokenRenewed = story({
  id: "entra-token-renewed-by-itself",
  title: "Provisioning resumes by itself at the next attempt once the token is accepted again",
  about: "quarantine",
  facts: ["ENG-QUAR-07", "ENG-QUAR-09", "ENG-QUAR-10", "ENG-QUAR-13"],
  needs: ["users", "filter", "patch", "token-control"],
  why: "Nobody may be at hand when the endpoint recovers: the next attempt has to find it well, and the interval is forty minutes again.",
  fix: "Accept a valid token at once, however often it was refused before.",
  defects: ["any-token-accepted", "refusals-lock-out"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()
    await expect(target).toConverge()

    step("the token is refused, at three attempts")
    await target.expireToken()
    tenant.update(ada, { surname: "King" })
    await clock.advance({ hours: 2, minutes: 10 })
    expect(job).toBeInQuarantine()

    step("it is accepted again, and the next attempt finds it so")
    await target.renewToken()
    await clock.advance({ hours: 2 })
    expect(job).toBeActive()
    await expect(target).toConverge()

    step("the next change takes forty minutes again")
    tenant.update(ada, { jobTitle: "Countess" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const tokenForgotten = story({
  id: "entra-token-forgotten",
  title: "After four weeks of refusals provisioning is switched off; a new token and a start catch up",
  about: "quarantine",
  facts: ["ENG-QUAR-07", "ENG-QUAR-08", "ENG-JOB-11", "ENG-RESTART-04"],
  needs: ["users", "filter", "patch", "token-control"],
  why: "A forgotten token leaves people with access for weeks. Whoever wakes it up again must get the whole month, once.",
  fix: "Refuse with 401 as long as the token is bad, and nothing else; accept the new one at once.",
  defects: ["any-token-accepted", "refusals-lock-out"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(ada, grace)
    await job.start()
    await expect(target).toConverge()

    step("the token expires, and nobody looks for a month")
    const token = await target.rotateToken()
    app.unassign(grace)
    app.assign(tenant.createUser(people.directoryUser()))
    await clock.advance({ days: 30 })
    const { schedule } = job.condition()
    expect.that(schedule === "Disabled", {
      code: "not-quarantined",
      message: "The job still runs after four weeks of refusals",
      expected: "schedule Disabled",
      actual: `schedule ${schedule}`,
    })

    step("a new token, and a start")
    job.updateCredentials({ token })
    await job.start()
    expect(job).toBeActive()
    await expect(target).toConverge()
  },
})

export const tokenRotatedInTime = story({
  id: "entra-token-rotated-in-time",
  title: "A token that is replaced between two cycles leaves no trace",
  about: "credentials",
  facts: ["ENG-CRED-01", "ENG-CRED-06", "ENG-QUAR-01"],
  needs: ["users", "filter", "patch", "token-control"],
  why: "The counter-case of the expired token: rotation is routine, and must not cost a single cycle.",
  fix: "Accept a new token from the moment it is issued.",
  defects: ["new-token-accepted-late"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()

    step("the token is replaced on both sides, and Ada marries")
    job.updateCredentials({ token: await target.rotateToken() })
    tenant.update(ada, { surname: "King" })
    await clock.advance({ minutes: 40 })
    expect(job).toBeActive()
    const failed = job.cycles().filter(({ state }) => state === "Failed")
    expect.that(failed.length === 0, {
      code: "new-token-refused",
      message: "A cycle failed although its token was valid",
      expected: "no failed cycle",
      actual: failed.map(({ startedAt, error }) => `${startedAt}: ${error?.message ?? ""}`).join("; "),
    })
    await expect(target).toConverge()
  },
})
