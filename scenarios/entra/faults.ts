/** What goes wrong on the way, and must leave no trace. */
import { http } from "msw"

import { afterRequests, answerWith, firstRequests, loseAnswer, refuseCredentials } from "../../simulator/index.ts"
import { story } from "./story.ts"

export const tokenRefusedInMidCycle = story({
  id: "entra-token-refused-in-mid-cycle",
  title: "A token that dies in the middle of the first cycle costs nobody an account, and gives nobody two",
  about: "credentials",
  facts: ["RES-09", "ENG-CRED-06", "ENG-QUAR-01", "ENG-MATCH-06"],
  needs: ["users", "filter", "patch"],
  why: "The first cycle of a large tenant takes hours. What has happened when the token dies is asked for again, and must be found.",
  fix: "Keep what was created, and find it again by id and by userName.",
  defects: ["patch-without-effect"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    app.assign(ada, grace)

    step("the probes pass, and Ada's search and create; what follows is refused")
    target.addFaults(http.all("*", afterRequests(4, refuseCredentials())))
    await job.start()
    expect(job).toBeInQuarantine("EncounteredQuarantineException")

    step("Ada marries; the token is accepted again")
    tenant.update(ada, { surname: "King" })
    target.clearFaults()
    await clock.advance({ minutes: 30 })
    expect(job).toBeActive()
    await expect(target).toConverge()
  },
})

export const outage = story({
  id: "entra-outage",
  title: "After an outage everything that was missed arrives, once",
  about: "quarantine",
  facts: ["ENG-QUAR-01", "ENG-QUAR-07", "ENG-QUAR-09", "ENG-RETRY-01"],
  needs: ["users", "groups", "filter", "patch"],
  why: "An hour of 503 quarantines the job; the changes of that hour come together afterwards, creates, renames and disables alike.",
  fix: "Serve the changes of several hours in one cycle as you serve them one by one.",
  defects: ["patch-without-effect"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    const grace = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: people.unique("pickers") }, { members: [ada, grace] })
    app.assign(group)
    await job.start()

    step("the endpoint is down for two attempts")
    target.addFaults(http.all("*", answerWith(503)))
    tenant.update(ada, { surname: "King" })
    tenant.disable(grace)
    tenant.addMember(group, tenant.createUser(people.directoryUser()))
    await clock.advance({ hours: 1, minutes: 10 })
    expect(job).toBeInQuarantine()

    step("it is back, and the next attempt finds it so")
    target.clearFaults()
    await clock.advance({ hours: 1 })
    expect(job).toBeActive()
    await expect(target).toConverge()
  },
})

export const writesFail = story({
  id: "entra-writes-fail",
  title: "Writes that fail for two cycles are retried object by object, and throttled ones at once",
  about: "errors and retries",
  facts: ["ENG-RETRY-01", "ENG-RETRY-02", "ENG-RETRY-05", "ENG-RETRY-11", "RES-06", "RES-14", "WIRE-219"],
  needs: ["users", "filter", "patch"],
  why: "Failed objects do not quarantine the job; each is tried again in the next cycle, then after 6 and 12 hours, as it is by then.",
  fix: "Let a request that failed be repeated: it must find the account as if the first had never come.",
  defects: ["patch-without-effect"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()

    step("writes answer 500 for two cycles")
    target.addFaults(http.post("*/Users", answerWith(500)), http.patch("*/Users/:id", answerWith(500)))
    tenant.update(ada, { surname: "King" })
    app.assign(tenant.createUser(people.directoryUser()))
    await clock.advance({ hours: 1, minutes: 20 })
    expect(job).toBeActive()

    step("the retry six hours after the first failure succeeds")
    target.clearFaults()
    await clock.advance({ hours: 6 })
    await expect(target).toConverge()

    step("a throttled write is repeated after the time that the endpoint asks for")
    target.addFaults(http.patch("*/Users/:id", firstRequests(2, answerWith(429, { retryAfterSeconds: 30 }))))
    tenant.update(ada, { jobTitle: "Countess" })
    await clock.advance({ minutes: 42 })
    await expect(target).toConverge()
  },
})

export const lostAnswers = story({
  id: "entra-lost-answers",
  title: "Creates whose answer is lost are found by the retry, and nobody is there twice",
  about: "errors and retries",
  facts: ["RES-03", "ENG-RETRY-05", "WIRE-093", "WIRE-220"],
  needs: ["users", "groups", "filter", "patch"],
  why: "The request arrived, the answer did not. Entra searches before it tries again: who is not found by then meets a 409 for ever, or a double.",
  fix: "Let searches find an account or group as soon as it exists.",
  defects: ["search-behind-creates"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("the answers to the first creates are lost")
    target.addFaults(http.post("*/Users", firstRequests(1, loseAnswer())))
    target.addFaults(http.post("*/Groups", firstRequests(1, loseAnswer())))
    const ada = tenant.createUser(people.directoryUser())
    const group = tenant.createGroup({ displayName: people.unique("pickers") })
    app.assign(ada, group)
    await job.start()

    step("the next cycle finds both")
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and they can be changed")
    tenant.addMember(group, ada)
    tenant.update(ada, { surname: "King" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})
