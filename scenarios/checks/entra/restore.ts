import { check } from "../../define.ts"
import { givenActiveUser, mustBeInactive } from "./active.ts"
import { patch, patchAndRead } from "./patching.ts"
import { BOTH_DIALECTS, DISABLE, ENABLE } from "./requests.ts"
import { duplicateCode } from "./resources.ts"
import { expectCount, expectOnly, search } from "./searching.ts"

export const enable = check({
  id: "entra-enable-user",
  title: "A user who comes back is enabled again, and is still the only one of the name",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: restore user", level: "entra" },
  facts: ["WIRE-085", "WIRE-107", "WIRE-115", "WIRE-126", "WIRE-184"],
  needs: ["users", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Whoever returns from leave, or was removed by mistake, needs the old account with what is in it, not an error and not a second one.",
  fix: 'Take "True" for true, and set active on the account that is there.',
  defects: ["text-booleans-refused", "reactivation-ignored"],
  async run({ scim, people, expect, dialect, skip, step }) {
    const userName = people.userName()
    const { id } = await givenActiveUser({ scim, skip }, { userName })
    const path = `/Users/${id}`
    step("disable")
    if (!(await patch({ scim, expect }, path, DISABLE[dialect], { code: "patch-refused" }))) return
    const disabled = await scim.get(path)
    if (!expect(disabled).toHaveStatus(200, { code: "inactive-hidden" })) return
    mustBeInactive({ skip }, disabled)
    step("enable")
    const read = await patchAndRead({ scim, expect }, path, ENABLE[dialect], { code: "patch-refused" })
    if (read === undefined) return
    const isText = typeof read.object["active"] === "string"
    expect(read).toHaveValue("active", true, { code: isText ? "boolean-as-text" : "enable-without-effect" })
    expectOnly(expect, await search({ scim, expect }, "/Users", `userName eq "${userName}"`), id)
  },
})

export const recreateDisabled = check({
  id: "entra-recreate-disabled-user",
  title: "A create with the name of a disabled user makes no second one",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: restore user", level: "entra" },
  facts: ["WIRE-079", "WIRE-093", "WIRE-184"],
  needs: ["users", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "After a restart or a reconnect Entra knows nobody. A second account under the old name has none of the person's work in it, and both match from then on.",
  fix: "Count disabled people when uniqueness is checked: answer 409, and let searches find them.",
  defects: ["inactive-name-free"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const { id } = await scim.givenUser({ userName, active: true })
    await scim.patchOps(`/Users/${id}`, [{ op: "replace", path: "active", value: false }])
    const again = await scim.post("/Users", people.minimalUser({ userName }))
    // An endpoint that gives the old account back instead of refusing has made no double either.
    const isRevived = again.status < 300 && again.object["id"] === id
    if (!isRevived) expect(again).toHaveStatus(409, { code: duplicateCode(again) })
    const found = await search({ scim, expect }, "/Users", `userName eq "${userName}"`)
    expectCount(expect, found, 1, { fewer: "inactive-hidden" })
  },
})
