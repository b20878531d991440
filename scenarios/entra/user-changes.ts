/** A person joins, changes, and gets another name. */
import { expectSameAccount, story, targetIdOf } from "./story.ts"

export const userJoinsAndChanges = story({
  id: "entra-user-joins-and-changes",
  title: "Every change of a person arrives, whether many attributes change at once or one, new or replaced",
  about: "users: change",
  facts: ["ENG-CYCLE-02", "ENG-CYCLE-03", "ENG-MATCH-12", "ENG-MAP-05", "WIRE-103", "WIRE-108", "WIRE-109", "WIRE-117"],
  needs: ["users", "filter", "patch"],
  why: "Entra sends what differs and never looks whether it arrived: what a PATCH loses stays wrong until the person changes again.",
  fix: "Apply every operation of a PATCH, with and without path, and create the element that a value path describes.",
  defects: ["patch-without-effect", "value-path-not-created", "flattened-keys-ignored"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("Ada joins, without mobile and fax")
    const ada = tenant.createUser(people.directoryUser({ mobile: null, facsimileTelephoneNumber: null }))
    app.assign(ada)
    await job.start()
    await expect(target).toConverge()

    step("four attributes change at once")
    tenant.update(ada, { surname: "King", displayName: "Ada King", department: "Engines", city: "Ockham" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("one attribute changes")
    tenant.update(ada, { jobTitle: "Countess" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("mobile and fax come into being, and one of them changes")
    tenant.update(ada, { mobile: "+44 20 7946 0101", facsimileTelephoneNumber: "+44 20 7946 0102" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
    tenant.update(ada, { mobile: "+44 20 7946 0103" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("the title is cleared, which Entra does not send, and the department changes, which it does")
    tenant.update(ada, { jobTitle: null, department: "Poetry" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})

export const userRenamed = story({
  id: "entra-user-renamed",
  title: "Somebody who gets another user name keeps the account",
  about: "users: rename",
  facts: ["WIRE-105", "WIRE-119", "WIRE-202", "ENG-MATCH-06", "ENG-MATCH-13"],
  needs: ["users", "filter", "patch"],
  why: "Entra renames by id, without a search. Where the id follows the name, the next change meets 404 and a new account is made.",
  fix: "Give accounts ids that do not depend on userName, and let userName and externalId be changed by PATCH.",
  defects: ["id-follows-user-name", "replace-without-path-wipes"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()
    const account = targetIdOf(job, ada)

    step("Ada marries")
    const { userPrincipalName, mailNickname = null, mail = null } = people.directoryUser()
    tenant.update(ada, { userPrincipalName, mailNickname, mail, surname: "King" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and is promoted")
    tenant.update(ada, { jobTitle: "Countess" })
    await clock.advance({ minutes: 40 })
    await expectSameAccount(context, ada, account)
    await expect(target).toConverge()
  },
})
