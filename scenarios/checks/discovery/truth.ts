import { check } from "../../define.ts"
import { textIn } from "../members.ts"

export const truth = check({
  id: "rfc7644-4-truth",
  title: "PATCH and filters work if, and only if, ServiceProviderConfig announces them",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §4", level: "must" },
  facts: ["RFC7644-4-07", "RFC7644-3.5.2-01", "RFC7644-3.4.2.2-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that trusts the announcement fails at the first change; one that reads a false denial falls back to replacing whole users.",
  fix: "Make ServiceProviderConfig say what the code does.",
  defects: ["patch-announced-and-refused", "filter-denied-and-applied"],
  async run({ scim, people, expect, capabilities, step }) {
    const { id, sent } = await scim.givenUser()
    step("change the user with PATCH")
    const operation = { op: "replace", path: "displayName", value: people.unique("truth") }
    const patched = await scim.patchOps(`/Users/${id}`, [operation])
    const patches = patched.status === 200 || patched.status === 204
    tell("patch", capabilities.patch, patches, patched.exchange)

    step("search for the user")
    const found = await scim.find("/Users", `userName eq "${textIn(sent, "userName")}"`)
    const nobody = await scim.find("/Users", `userName eq "${people.guid()}"`)
    const finds = found.text.includes(id)
    // A server that denies filters may give everybody; one that announces them and does so is another case's finding.
    const filters = capabilities.filter === false ? finds && !nobody.text.includes(id) : finds
    tell("filter", capabilities.filter, filters, found.exchange)

    function tell(feature: string, announced: boolean | null, works: boolean, exchange: string): void {
      if (announced === null) return
      expect.that(announced === works, {
        code: "discovery-untrue",
        message: `ServiceProviderConfig ${announced ? "announces" : "denies"} ${feature}, and it ${works ? "works" : "does not"}`,
        expected: `${feature}.supported ${String(works)}`,
        actual: `${feature}.supported ${String(announced)}`,
        exchanges: [exchange],
      })
    }
  },
})
