/** Everybody at once: the whole tenant, as it is on the day when provisioning is switched on. */
import type { Group } from "../../simulator/index.ts"
import { story } from "./story.ts"

export const wholeDirectory = story({
  id: "lifecycle-directory",
  title: "A whole directory arrives as it is: everybody in scope, with managers, groups and members, and later changes",
  about: "initial and incremental cycles",
  facts: ["MAP-601", "MAP-124", "ENG-MATCH-05", "ENG-SCOPE-03", "ENG-SCOPE-08", "ENG-REF-01", "ENG-REF-02", "WIRE-166"],
  needs: ["users", "groups", "filter", "patch"],
  why: "One person in a well-kept test proves little. Directories hold guests, people without mail, names in every script, and groups of every size.",
  fix: "Look at the first person or group that differs: what is odd about it is what the endpoint stumbles over.",
  defects: ["text-in-ascii", "add-replaces-list"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    const { users, groups } = people.populate()
    const enabled = users.filter(({ accountEnabled }) => accountEnabled)
    const assigned = firstOfEachName(groups.filter(({ securityEnabled }) => securityEnabled))
    step(`${users.length} people, ${users.length - enabled.length} of them blocked, and ${assigned.length} groups`)
    app.assign(...users, ...assigned)
    await job.start()
    expect(job).toBeActive()
    expect(job).toHaveProvisioned(enabled.length)
    await expect(target).toConverge()

    const [somebody] = enabled
    if (somebody === undefined) return
    const { displayName } = somebody
    step("somebody takes another name")
    tenant.update(somebody, { displayName: `${displayName} (Orchard)` })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()

    step("and goes back to the old one")
    tenant.update(somebody, { displayName })
    await clock.advance({ minutes: 40 })
    expect(job).toBeActive()
  },
})

/** Of groups that share a name Entra provisions one and waits with the others (ENG-MATCH-05): those are not asked for. */
function firstOfEachName(groups: readonly Group[]): Group[] {
  return [...Map.groupBy(groups, ({ displayName }) => displayName.toLowerCase()).values()].flatMap(
    ([first]) => first ?? [],
  )
}
