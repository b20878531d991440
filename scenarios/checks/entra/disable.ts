import { check } from "../../define.ts"
import { givenActiveUser, mustBeInactive, whyStillActive } from "./active.ts"
import { onlyKept, onlyWriting } from "./kept-values.ts"
import { patch } from "./patching.ts"
import { BOTH_DIALECTS, DISABLE, type ByDialect } from "./requests.ts"
import { expectOnly, search } from "./searching.ts"

export const disable = check({
  id: "entra-disable-user",
  title: "A user who is disabled is stored and returned with active false",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: disable user", level: "entra" },
  facts: ["WIRE-106", "WIRE-115", "WIRE-179", "WIRE-207"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "It is how people lose access when they leave. Refused, or accepted and not done, they keep it, and the log says so at best as an error among many.",
  fix: 'Take "False" for false, store it, sign the person out, and return active as a Boolean.',
  defects: ["disable-without-effect", "text-booleans-refused", "text-booleans-truthy", "booleans-as-text"],
  async run({ scim, expect, dialect }) {
    const { id } = await scim.givenUser({ active: true })
    const path = `/Users/${id}`
    const before = await scim.get(path)
    if (before.status === 200 && before.object["active"] === undefined) {
      const advice = "Store active, or have people delete accounts instead of disabling them."
      expect(before).toHaveValue("active", true, { code: "attribute-dropped", severity: "warning", advice })
      return
    }
    if (!(await patch({ scim, expect }, path, DISABLE[dialect], { code: "patch-refused" }))) return
    const read = await scim.get(path)
    if (!expect(read).toHaveStatus(200, { code: "inactive-hidden" })) return
    if (read.object["active"] === false) return
    const code = await whyStillActive({ scim }, path, read, "disable-without-effect")
    expect(read).toHaveValue("active", false, { code })
  },
})

export const disabledIsFound = check({
  id: "entra-disabled-user-is-found",
  title: "A user who is disabled is found by id and by name, as before",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: disable user", level: "entra" },
  facts: ["WIRE-079", "WIRE-205", "RFC7644-3.4.2-08"],
  needs: ["users", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "When the person comes back, Entra searches, finds nobody, creates, and is told 409: in every cycle, and the account stays off.",
  fix: "Return people who are disabled like everybody else, with active false; only a DELETE makes them disappear.",
  defects: ["inactive-hidden"],
  async run({ scim, people, expect, dialect, skip }) {
    const userName = people.userName()
    const { id } = await givenActiveUser({ scim, skip }, { userName })
    if (!(await patch({ scim, expect }, `/Users/${id}`, DISABLE[dialect], { code: "patch-refused" }))) return
    const code = "inactive-hidden"
    const read = await scim.get(`/Users/${id}`)
    if (expect(read).toHaveStatus(200, { code })) mustBeInactive({ skip }, read)
    const found = await search({ scim, expect }, "/Users", `userName eq "${userName}"`)
    expectOnly(expect, found, id, { fewer: code })
  },
})

export const disableTwice = check({
  id: "entra-disable-twice",
  title: "Disabling somebody who is disabled already succeeds",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: disable user", level: "entra" },
  facts: ["WIRE-106", "WIRE-115", "RFC7644-3.5.2.3-02"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Entra repeats a disable after an error and after a restart. An endpoint that answers 409 then fails for that person for ever.",
  fix: "Answer 200 or 204 where active is false already.",
  defects: ["disable-twice-409"],
  async run({ scim, expect, dialect, skip }) {
    const { id } = await givenActiveUser({ scim, skip })
    const path = `/Users/${id}`
    if (!(await patch({ scim, expect }, path, DISABLE[dialect], { code: "patch-refused" }))) return
    const read = await scim.get(path)
    if (!expect(read).toHaveStatus(200, { code: "inactive-hidden" })) return
    mustBeInactive({ skip }, read)
    if (!(await patch({ scim, expect }, path, DISABLE[dialect], { code: "no-change-refused" }))) return
    expect(await scim.get(path)).toHaveValue("active", false, { code: "second-disable-enables" })
  },
})

export const disableAmongOthers = check({
  id: "entra-disable-among-other-changes",
  title: "A disable that comes with other changes is done like one that comes alone",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: disable user", level: "entra" },
  facts: ["WIRE-103", "WIRE-122", "RES-11"],
  needs: ["users", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "People who leave often change in the same moment: the department, the address. A handler that looks for the disable alone overlooks it, and answers with success.",
  fix: "Apply active wherever it stands: in any operation, and as a key of a value without a path.",
  defects: ["active-beside-others-ignored"],
  async run({ scim, people, expect, dialect, skip }) {
    const mail = people.userName()
    const { id } = await givenActiveUser(
      { scim, skip },
      { displayName: "Before", emails: [{ type: "work", primary: true, value: people.userName() }] },
    )
    const path = 'emails[type eq "work"].value'
    const primary = 'emails[type eq "work"].primary'
    const operations: ByDialect = {
      entra: [
        { op: "Replace", path: "displayName", value: "After" },
        { op: "Replace", path, value: mail },
        { op: "Replace", path: "active", value: "False" },
      ],
      "entra-optscim": [
        { op: "replace", path, value: mail },
        { op: "replace", path: primary, value: true },
        { op: "replace", value: { active: false, displayName: "After" } },
      ],
    }
    const others = onlyKept(await scim.get(`/Users/${id}`), { displayName: "After", [path]: mail, [primary]: true })
    if (Object.keys(others).length === 0) skip("the endpoint keeps nothing that could change beside active")
    const sent = onlyWriting(operations[dialect], { ...others, active: false })
    if (!(await patch({ scim, expect }, `/Users/${id}`, sent, { code: "patch-refused" }))) return
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "inactive-hidden" })) return
    if (read.object["active"] === false) return
    const code = await whyStillActive({ scim }, `/Users/${id}`, read, "disable-overlooked")
    expect(read).toHaveValue("active", false, { code })
  },
})
