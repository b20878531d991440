import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { patchAndRead } from "../patch-and-read.ts"

export const removeAttribute = check({
  id: "rfc7644-3.5.2.2-remove-attribute",
  title: "remove takes an attribute's value away, and a list's as a whole",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.2", level: "must" },
  facts: ["RFC7644-3.5.2.2-02"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "What was taken away in the directory stays visible for ever: a telephone number, a title, a right.",
  fix: "Clear the attribute that the path of a remove names.",
  defects: ["remove-without-effect"],
  async run(context) {
    const { people, expect } = context
    const emails = [{ type: "work", value: people.userName() }]
    const { id } = await givenUserKeeping(context, { displayName: "Ada", title: "Grower", emails })
    const read = await patchAndRead(context, `/Users/${id}`, [
      { op: "remove", path: "title" },
      { op: "remove", path: "emails" },
    ])
    if (read === undefined) return
    expect(read).toHaveNoValue("title", { code: "remove-without-effect" })
    expect(read).toHaveNoValue("emails", { code: "remove-without-effect" })
    expect(read).toHaveValue("displayName", "Ada", { code: "patch-touches-others" })
  },
})

export const removeSelected = check({
  id: "rfc7644-3.5.2.2-remove-selected",
  title: "remove with a filter in its path takes the selected element and no other",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.2", level: "must" },
  facts: ["RFC7644-3.5.2.2-03"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Taking one address away takes them all.",
  fix: "Remove the elements that match the filter in the path.",
  defects: ["selection-ignored"],
  async run(context) {
    const { people, expect } = context
    const home = people.userName()
    const emails = [
      { type: "work", value: people.userName() },
      { type: "home", value: home },
    ]
    const { id } = await givenUserKeeping(context, { emails })
    const read = await patchAndRead(
      context,
      `/Users/${id}`,
      [{ op: "remove", path: 'emails[type eq "work"]' }],
      "selection-refused",
    )
    if (read === undefined) return
    expect(read).toHaveValue("emails.value", [home], { code: "selection-ignored" })
  },
})

export const removeWithoutPath = check({
  id: "rfc7644-3.5.2.2-remove-without-path",
  title: "remove without a path is refused with 400 noTarget",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.2", level: "must" },
  facts: ["RFC7644-3.5.2.2-01", "RFC7644-3.12-17"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "It may mean everything or nothing: the server that guesses empties somebody's account, or reports success for nothing.",
  fix: "Answer 400 with scimType noTarget.",
  defects: ["remove-without-path-accepted"],
  async run(context) {
    const { scim, expect } = context
    const { id } = await givenUserKeeping(context, { displayName: "Ada" })
    const patched = await scim.patchOps(`/Users/${id}`, [{ op: "remove" }])
    if (!expect(patched).toHaveStatus(400, { code: "remove-without-path" })) return
    expect(patched).toBeScimError(400, "noTarget", { severity: "warning" })
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveValue("displayName", "Ada", { code: "remove-without-path" })
  },
})
