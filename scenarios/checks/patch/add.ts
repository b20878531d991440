import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { patchAndRead } from "../patch-and-read.ts"

export const addToList = check({
  id: "rfc7644-3.5.2.1-add-to-list",
  title: "add puts values into a list and leaves the others there",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.1", level: "must" },
  facts: ["RFC7644-3.5.2.1-05", "RFC7644-3.5.2.1-01"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Whoever adds a telephone number would lose the others.",
  fix: "Append on add; replace a list only on replace.",
  defects: ["add-replaces-list"],
  async run(context) {
    const { people, expect } = context
    const [first, second] = [people.userName(), people.userName()]
    const { id } = await givenUserKeeping(context, { emails: [{ type: "work", value: first }] })
    const value = [{ type: "home", value: second }]
    const read = await patchAndRead(context, `/Users/${id}`, [{ op: "add", path: "emails", value }])
    if (read === undefined) return
    expect(read).toHaveValue("emails.value", [first, second], { code: "add-replaces-list" })
  },
})

export const addWithoutPath = check({
  id: "rfc7644-3.5.2.1-add-without-path",
  title: "add and replace without a path take the attributes from the value",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.1", level: "must" },
  facts: ["RFC7644-3.5.2.1-02", "RFC7644-3.5.2.3-01", "WIRE-117"],
  needs: ["users", "patch"],
  clients: ["rfc", "entra-optscim"],
  confidence: "documented",
  why: "Entra with aadOptscim062020, and Okta, change people by a value without a path.",
  fix: "Where an operation has no path, apply each member of its value as an operation of its own.",
  defects: ["path-needed"],
  async run(context) {
    const { expect } = context
    const { id } = await givenUserKeeping(context, { displayName: "Before", title: "Grower" })
    const read = await patchAndRead(
      context,
      `/Users/${id}`,
      [
        { op: "replace", value: { displayName: "After" } },
        { op: "add", value: { title: "Taster" } },
      ],
      "path-needed",
    )
    if (read === undefined) return
    expect(read).toHaveValue("displayName", "After", { code: "path-needed" })
    expect(read).toHaveValue("title", "Taster", { code: "path-needed" })
  },
})
