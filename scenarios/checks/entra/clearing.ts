import { check } from "../../define.ts"
import { isNoValue, readPath } from "../../path-value.ts"
import { givenActiveUser, whyStillActive } from "./active.ts"
import { onlyKept, onlyWriting } from "./kept-values.ts"
import { causeOfLoss, patchAndRead } from "./patching.ts"
import { BOTH_DIALECTS, type ByDialect } from "./requests.ts"

export const clearAttribute = check({
  id: "entra-clear-attribute",
  title: "An empty text, or null, takes an attribute's value away",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: clearing attributes", level: "entra" },
  facts: ["WIRE-153", "WIRE-155", "RFC7643-2.5-02"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "The service itself does not send it; Microsoft's gallery tests do, and an expression can give an empty text. This warns.",
  fix: "Take an empty text and null in a replace for no value, where the attribute is not required.",
  defects: ["empty-text-refused"],
  async run({ scim, expect, dialect, skip, step }) {
    const given = { title: "Cider maker", nickName: "Leni" }
    const { id } = await scim.givenUser(given)
    const kept = onlyKept(await scim.get(`/Users/${id}`), given)
    if (Object.keys(kept).length === 0) skip("the endpoint keeps neither title nor nickName")
    const operations: ByDialect = {
      entra: [
        { op: "Replace", path: "title", value: "" },
        { op: "Replace", path: "nickName", value: null },
      ],
      "entra-optscim": [
        { op: "replace", path: "title", value: "" },
        { op: "replace", path: "nickName", value: null },
      ],
    }
    for (const operation of onlyWriting(operations[dialect], kept)) {
      const { path = "" } = operation
      step(`clear ${path} by ${JSON.stringify(operation.value)}`)
      const warning = { code: "clearing-refused", severity: "warning" } as const
      const read = await patchAndRead({ scim, expect }, `/Users/${id}`, [operation], warning)
      if (read === undefined || isNoValue(readPath(read.json, path))) continue
      const code = await causeOfLoss({ scim }, `/Users/${id}`, "clearing-without-effect")
      expect(read).toHaveNoValue(path, { ...warning, code })
    }
  },
})

export const unknownKey = check({
  id: "entra-unknown-key",
  title: "An attribute that the endpoint does not know does not fail the changes beside it",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: aadOptscim062020", level: "entra" },
  facts: ["WIRE-118", "WIRE-224", "RFC7644-3.3-09"],
  needs: ["users", "patch"],
  clients: ["entra-optscim"],
  confidence: "observed",
  dialects: ["entra-optscim"],
  why: "There is no second try without the attribute: one row too many in the mapping, and a person who left is not disabled. Refusing is legal, so this warns.",
  fix: "Ignore keys that no schema has, or have people remove them from their attribute mappings.",
  defects: ["unknown-attribute-refused"],
  async run({ scim, expect, skip }) {
    const { id } = await givenActiveUser({ scim, skip })
    const unknown = "urn:ietf:params:scim:schemas:extension:Orchard:2.0:User:badge"
    const operations = [{ op: "replace", value: { active: false, [unknown]: "B-17" } }]
    const warning = { code: "unknown-attribute-refused", severity: "warning" } as const
    const read = await patchAndRead({ scim, expect }, `/Users/${id}`, operations, warning)
    if (read === undefined || read.object["active"] === false) return
    const code = await whyStillActive({ scim }, `/Users/${id}`, read, "disable-overlooked")
    expect(read).toHaveValue("active", false, { code })
  },
})
