import { check } from "../../define.ts"
import { expectCount, expectOnly, search } from "./searching.ts"

export const searchInAnyCase = check({
  id: "entra-search-in-any-case",
  title: "A search by userName finds the user in any letter case",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: matching attributes", level: "entra" },
  facts: ["WIRE-051", "WIRE-072", "RFC7643-4.1.1-03", "RFC7644-3.4.2.2-22"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Addresses in the directory are written in any case. An account that is not found is created again: 409, in every cycle.",
  fix: "Compare userName, attribute names and operators without regard to case.",
  defects: ["filter-values-case-sensitive", "filter-names-case-sensitive"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const shouted = await search({ scim, expect }, "/Users", `userName eq "${userName.toUpperCase()}"`)
    expectCount(expect, shouted, 1, { fewer: "case-sensitive-filter" })
    // Entra writes names as the mapping has them: only a mapping that somebody typed meets this.
    const named = await search({ scim, expect }, "/Users", `USERNAME EQ "${userName}"`)
    const hint = { code: "names-case-sensitive", severity: "warning" } as const
    if (named.status === 400) expect(named).toHaveStatus(200, hint)
    else expectCount(expect, named, 1, { fewer: hint.code, severity: hint.severity })
  },
})

export const findByExternalId = check({
  id: "entra-find-by-external-id",
  title: "A search by externalId finds that user and nobody else",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: matching attributes", level: "entra" },
  facts: ["WIRE-045", "WIRE-073", "WIRE-222"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Where people are matched by externalId, Test Connection and every cycle begin with this search. Refused, the job ends in quarantine; ignored, Entra finds everybody.",
  fix: "Store externalId and let it be searched for, with an index.",
  defects: ["external-id-not-filterable", "filter-on-user-name-only"],
  async run({ scim, people, expect }) {
    const externalId = people.guid()
    const { id } = await scim.givenUser({ externalId })
    await scim.givenUser()
    const read = await scim.get(`/Users/${id}`)
    if (read.status === 200 && read.object["externalId"] === undefined) {
      const advice = "Store externalId, or have people remove it from their attribute mappings."
      expect(read).toHaveValue("externalId", externalId, { code: "attribute-dropped", severity: "warning", advice })
      return
    }
    const found = await search({ scim, expect }, "/Users", `externalId eq "${externalId}"`)
    if (found.status === 400 || found.status === 501) expect(found).toHaveStatus(200, { code: "filter-refused" })
    else expectOnly(expect, found, id)
  },
})

export const noWrongMatch = check({
  id: "entra-no-wrong-match",
  title: "A search finds exactly the user of that name, in a list, and nobody whose name is like it",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: matching", level: "entra" },
  facts: ["WIRE-074", "WIRE-062", "WIRE-203", "WIRE-204"],
  needs: ["users", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "One result is linked, whoever it is; several stop everything for that person. With only one account in the endpoint an ignored filter goes unnoticed until Entra has overwritten it.",
  fix: "Let eq compare whole values, and wrap every result, a single one too, in a ListResponse.",
  defects: ["filter-ignored", "eq-as-contains", "single-match-unwrapped"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const { id } = await scim.givenUser({ userName })
    for (const other of [`x${userName}`, userName.slice(0, userName.indexOf("@"))]) {
      expectCount(expect, await search({ scim, expect }, "/Users", `userName eq "${other}"`), 0)
    }
    expectOnly(expect, await search({ scim, expect }, "/Users", `userName eq "${userName}"`), id)
  },
})
