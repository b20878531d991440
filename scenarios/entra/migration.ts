/** Migration: the target already has the people, and nobody may be doubled or lose access. */
import { defaultMappings, type ProvisioningMappings } from "../../simulator/index.ts"
import { expectMembers, expectSameAccount, story, targetIdOf } from "./story.ts"

export const migration = story({
  id: "entra-migration",
  title:
    "People who have an account already are found by name, in any letter case, brought up to date, and keep what they have",
  about: "matching: users",
  facts: [
    "ENG-MATCH-04",
    "ENG-MATCH-06",
    "ENG-MATCH-15",
    "ENG-MATCH-16",
    "ENG-MAP-07",
    "ENG-REF-11",
    "WIRE-051",
    "WIRE-074",
    "WIRE-079",
  ],
  needs: ["users", "groups", "filter", "patch"],
  why: "On the day of a migration everybody has an account. Who is not found is created a second time and works in an empty one, or cannot be created at all.",
  fix: "Find accounts by userName without regard to case, deactivated ones too; change only what a PATCH names.",
  defects: ["filter-values-case-sensitive", "inactive-hidden", "patch-resets-the-rest"],
  async run(context) {
    const { tenant, app, job, target, people, expect, step } = context
    const [ada, grace, alan] = [people.directoryUser(), people.directoryUser(), people.directoryUser()]
    const adaThere = await target.scim.givenUser({
      userName: ada.userPrincipalName,
      title: "Clerk",
      nickName: "Countess",
    })
    const before = await target.scim.get(`/Users/${adaThere.id}`)
    const graceThere = await target.scim.givenUser({ userName: grace.userPrincipalName.toUpperCase(), active: true })
    const alanThere = await target.scim.givenUser({ userName: alan.userPrincipalName, active: false })
    const displayName = people.unique("pickers")
    const members = [{ value: adaThere.id }, { value: graceThere.id }]
    const groupThere = await target.scim.givenGroup({ displayName, members })

    step("Entra takes over: three who have an account, one who has none")
    const [adaHere, graceHere, alanHere] = [tenant.createUser(ada), tenant.createUser(grace), tenant.createUser(alan)]
    const edsger = tenant.createUser(people.directoryUser())
    app.assign(alanHere, tenant.createGroup({ displayName }, { members: [adaHere, graceHere, edsger] }))
    await job.start()

    step("everybody has one account, the old one where there was one")
    await expectSameAccount(context, adaHere, adaThere.id)
    await expectSameAccount(context, graceHere, graceThere.id)
    await expectSameAccount(context, alanHere, alanThere.id)
    if (before.object["nickName"] === "Countess") {
      const after = await target.scim.get(`/Users/${adaThere.id}`)
      expect(after).toHaveValue("nickName", "Countess", { code: "attribute-lost" })
    }
    const everybody = [adaThere.id, graceThere.id, targetIdOf(job, edsger)]
    await expectMembers(context, groupThere.id, everybody)
    // A difference of case alone is none.
    await expect(target).toConverge([{ name: grace.userPrincipalName, path: "userName", fact: "FN-TOLOWER-2" }])
  },
})

export const migrationOfTheBlocked = story({
  id: "entra-migration-of-the-blocked",
  title: "Accounts of people who are not in scope stay as they are: the job never touches what it has not matched",
  about: "matching: users",
  facts: ["ENG-SCOPE-08", "ENG-SCOPE-13", "ENG-DEPROV-13"],
  needs: ["users", "filter"],
  why: "Who is blocked in the directory already keeps an active account, and so does the old account of another name: Entra does not know them. That is for people to clean up, not for a search that finds too much.",
  fix: "Change an account only when a request names its id.",
  defects: ["eq-as-contains"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const blocked = people.directoryUser({ accountEnabled: false })
    const { id } = await target.scim.givenUser({ userName: blocked.userPrincipalName, title: "Clerk", active: true })
    const ada = people.directoryUser()
    const oldName = `old-${ada.userPrincipalName}`
    const old = await target.scim.givenUser({ userName: oldName, title: "Clerk", active: true })

    step("Entra takes over; it knows one of them as blocked, and Ada by another name")
    const here = tenant.createUser(ada)
    app.assign(here, tenant.createUser(blocked))
    await job.start()
    await expect(target).toConverge()

    step("Ada leaves again")
    app.unassign(here)
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
    for (const [accountId, userName] of [
      [id, blocked.userPrincipalName],
      [old.id, oldName],
    ] as const) {
      const account = await target.scim.get(`/Users/${accountId}`)
      expect(account).toHaveValue("userName", userName, { code: "stranger-touched" })
      expect(account).toHaveValue("title", "Clerk", { code: "stranger-touched" })
      expect(account).toHaveValue("active", true, { code: "stranger-touched" })
    }
  },
})

/** The default mappings, with people matched by externalId instead of userName. */
function matchedByExternalId(): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const attributes = user.attributes.map((row) => ({ ...row, matchingPriority: row.target === "externalId" ? 1 : 0 }))
  return { user: { ...user, attributes }, group }
}

/** Who drops it cannot be matched by it: that is for the mapping to avoid. */
const DROPPED = { code: "attribute-dropped", severity: "warning" } as const

export const migrationByExternalId = story({
  id: "entra-migration-by-external-id",
  title: "People can be matched by externalId, and get the name that the directory gives them",
  about: "matching: users",
  facts: ["ENG-MATCH-01", "ENG-MATCH-02", "ENG-CYCLE-12", "WIRE-073"],
  needs: ["users", "filter", "patch"],
  why: "Where names differ between the systems, an identifier that both know is the only way not to create everybody again.",
  fix: "Store externalId as it is sent, find accounts by it, and let PATCH change userName.",
  defects: ["external-id-not-filterable", "filter-on-user-name-only"],
  async run(context) {
    const { tenant, app, job, target, people, expect, step } = context
    const ada = people.directoryUser()
    const externalId = ada.mailNickname ?? ""
    const there = await target.scim.givenUser({ externalId })
    if (!expect(await target.scim.get(`/Users/${there.id}`)).toHaveValue("externalId", externalId, DROPPED)) return

    step("Entra takes over, and matches by externalId")
    job.updateMappings(matchedByExternalId())
    const here = tenant.createUser(ada)
    app.assign(here)
    await job.start()
    await expectSameAccount(context, here, there.id)
    await expect(target).toConverge()
  },
})

export const migrationOfTwins = story({
  id: "entra-migration-of-twins",
  title: "Somebody who has two accounts gets into neither until one of them is gone",
  about: "matching: users",
  facts: ["ENG-MATCH-04", "WIRE-074", "WIRE-203"],
  needs: ["users", "filter", "patch"],
  allows: ["several-matches"],
  why: "Entra writes nothing where several accounts match. An endpoint that shows the first of them only hands over somebody's account by chance.",
  fix: "Return all accounts that a filter selects, with their number in totalResults.",
  defects: ["search-finds-first-only"],
  async run(context) {
    const { tenant, app, job, clock, target, people, expect, step } = context
    const ada = people.directoryUser()
    const externalId = ada.mailNickname ?? ""
    const one = await target.scim.givenUser({ externalId, title: "Clerk" })
    const other = await target.scim.givenUser({ externalId, title: "Clerk" })
    if (!expect(await target.scim.get(`/Users/${one.id}`)).toHaveValue("externalId", externalId, DROPPED)) return

    step("Entra takes over, and finds two")
    job.updateMappings(matchedByExternalId())
    const here = tenant.createUser(ada)
    app.assign(here)
    await job.start()
    expect(job).toBeActive()
    for (const { id } of [one, other]) {
      expect(await target.scim.get(`/Users/${id}`)).toHaveValue("title", "Clerk", {
        code: "written-despite-several-matches",
      })
    }

    step("one of them is removed by hand")
    await target.scim.delete(`/Users/${other.id}`)
    await clock.advance({ minutes: 40 })
    await expectSameAccount(context, here, one.id)
    await expect(target).toConverge()
  },
})
