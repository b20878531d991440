import { check } from "../../define.ts"
import { expectCount, expectOnly, search } from "./searching.ts"

export const queryEncoding = check({
  id: "entra-query-encoding",
  title: "Blanks in a query may be written + or %20, and every other character as its hexadecimal code",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: query grammar and encoding", level: "entra" },
  facts: ["WIRE-047", "WIRE-048", "WIRE-072"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "The service writes filter=userName+eq+%22ada%40example.com%22, Microsoft's gallery tests %20. What is not decoded is not found: Entra creates the person again, and meets a conflict for ever.",
  fix: "Decode the query as a form (application/x-www-form-urlencoded), once, before you parse the filter.",
  defects: ["plus-not-decoded"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const filter = `userName eq "${userName}"`
    const asGalleryTests = await scim.find("/Users", filter, { encoding: "percent" })
    // Where this does not find the user either, the encoding is not what is wrong.
    if (!expectCount(expect, asGalleryTests, 1)) return
    const asService = await scim.find("/Users", filter, { encoding: "plus" })
    const code = "plus-not-decoded"
    if (expect(asService).toHaveStatus(200, { code })) expectCount(expect, asService, 1, { fewer: code })
  },
})

/** What the part before the @ may hold: the names of guests and of many families. */
const LOCAL_PARTS = ["sean.o'hara", "kim_orchard.example#EXT#", "ada+lab", "r&d", "50%off", "jörg"]

export const specialCharacters = check({
  id: "entra-special-characters",
  title: "Whoever has an apostrophe, +, &, #, % or an umlaut in the userName is found by it",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: query grammar and encoding", level: "entra" },
  facts: ["WIRE-047", "WIRE-052", "RFC7644-3.4.2.2-25"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Guests have #EXT# in their names, families are called O'Hara. Whoever is not found is created again, and fails with a conflict in every cycle.",
  fix: "Decode the query once, parse the value as a JSON string, and bind it as a parameter of your own query.",
  defects: ["quote-breaks-search", "query-decoded-twice"],
  async run({ scim, people, expect }) {
    const mark = people.unique("mark")
    for (const localPart of LOCAL_PARTS) {
      const userName = `${mark}.${localPart}@example.com`
      const created = await scim.post("/Users", people.minimalUser({ userName }))
      // Not every endpoint takes every name; what it takes it must find.
      if (created.status !== 200 && created.status !== 201) continue
      const found = await search({ scim, expect }, "/Users", `userName eq "${userName}"`)
      const code = "special-characters"
      // The plain names of other cases pass where these do not: a refusal is about the characters too.
      const isRefused = found.status !== 200 && found.status !== 404
      if (isRefused) expect(found).toHaveStatus(200, { code })
      else expectCount(expect, found, 1, { fewer: code })
    }
  },
})

export const workEmail = check({
  id: "entra-find-by-work-email",
  title: 'A search by emails[type eq "work"].value finds that user',
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: matching attributes", level: "entra" },
  facts: ["WIRE-045", "RFC7644-3.4.2.2-27"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Whoever matches people by their address searches like this. The form is outside the RFC's grammar and no default of Entra's: an endpoint without it warns.",
  fix: "Read a sub-attribute behind the brackets as a condition on the same element, or tell people to match by userName.",
  defects: ["work-email-filter-refused"],
  async run({ scim, people, expect }) {
    const value = people.userName()
    const { id } = await scim.givenUser({ emails: [{ type: "work", value }] })
    await scim.givenUser()
    const found = await search({ scim, expect }, "/Users", `emails[type eq "work"].value eq "${value}"`)
    const code = "work-email-filter"
    const severity = "warning"
    if (found.status !== 200) expect(found).toHaveStatus(200, { code, severity })
    else expectOnly(expect, found, id, { fewer: code, severity })
  },
})
