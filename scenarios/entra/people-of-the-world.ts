/** People as they are: names in every script, guests, apostrophes. */
import { story } from "./story.ts"

export const peopleOfTheWorld = story({
  id: "entra-people-of-the-world",
  title: "Names in every script, apostrophes and guests arrive as the directory has them",
  about: "users: mapping",
  facts: ["MAP-601", "MAP-124", "ENG-SCOPE-15", "ENG-MATCH-14", "WIRE-052"],
  needs: ["users", "filter", "patch"],
  why: "A name that comes back maimed is sent again with every change; one that breaks the search stops its person.",
  fix: "Read and write UTF-8, store text as it is, and never put a filter's value into a query as text.",
  defects: ["text-in-ascii", "text-escaped-for-html", "quote-breaks-search"],
  async run({ tenant, app, job, clock, target, people, expect, step }) {
    step("four people join")
    const [, domain] = people.directoryUser().userPrincipalName.split("@")
    const alias = people.unique("o'hara")
    const displayName = `Scarlett "Katie" O'Hara <& co>`
    const ohara = tenant.createUser(
      people.directoryUser({ userPrincipalName: `${alias}@${domain}`, mailNickname: alias, displayName }),
    )
    const guestName = `${people.unique("guest")}_partner.example#EXT#@${domain}`
    const guest = tenant.createUser(people.directoryUser({ userPrincipalName: guestName, mail: null }))
    const nguyen = tenant.createUser(people.directoryUser({ surname: "Nguyễn", jobTitle: "İşçi" }))
    const li = tenant.createUser(people.directoryUser({ surname: "李", displayName: "李小龍 🍏", city: "الرياض" }))
    app.assign(ohara, guest, nguyen, li)
    await job.start()
    await expect(target).toConverge()

    step("and two of them change")
    tenant.update(ohara, { displayName: "Kate O'Hara" })
    tenant.update(guest, { surname: "Þórsdóttir", department: "Ýmislegt" })
    await clock.advance({ minutes: 40 })
    await expect(target).toConverge()
  },
})
