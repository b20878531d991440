import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"
import { givenUserKeeping } from "../kept.ts"
import { patchAndRead } from "../patch-and-read.ts"

export const patchAtomic = check({
  id: "rfc7644-3.5.2-atomic",
  title: "When one operation fails, none is applied",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-16", "WIRE-224"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "The client hears that it failed and takes the user for unchanged: from then on both disagree.",
  fix: "Apply all operations in one transaction, or to a copy that is stored at the end.",
  defects: ["patch-not-atomic"],
  async run(context) {
    const { scim, expect, skip } = context
    const { id } = await givenUserKeeping(context, { displayName: "Before" })
    const patched = await scim.patchOps(`/Users/${id}`, [
      { op: "replace", path: "displayName", value: "After" },
      { op: "remove" },
    ])
    const isRefused = patched.status !== 200 && patched.status !== 204
    if (!isRefused) return skip("the endpoint accepted an operation that must fail")
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveValue("displayName", "Before", { code: "patch-not-atomic" })
  },
})

export const patchOrder = check({
  id: "rfc7644-3.5.2-order",
  title: "Operations are applied in the order in which they stand",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-14"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients clear a value and set it anew in one request: in another order it is gone.",
  fix: "Apply the operations one after the other, each to the result of the one before.",
  defects: ["removals-applied-last"],
  async run(context) {
    const { expect } = context
    const { id } = await givenUserKeeping(context, { title: "Grower", displayName: "Ada" })
    const read = await patchAndRead(context, `/Users/${id}`, [
      { op: "remove", path: "title" },
      { op: "add", path: "title", value: "Taster" },
      { op: "replace", path: "displayName", value: "Grace" },
      { op: "replace", path: "displayName", value: "Alan" },
    ])
    if (read === undefined) return
    expect(read).toHaveValue("title", "Taster", { code: "patch-order" })
    expect(read).toHaveValue("displayName", "Alan", { code: "patch-order" })
  },
})

export const patchNoChange = check({
  id: "rfc7644-3.5.2.1-no-change",
  title: "Adding a value that is there already leaves lastModified alone",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.1", level: "must" },
  facts: ["RFC7644-3.5.2.1-07", "RFC7644-3.5.2.1-06"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that read what changed since their last visit get everybody who was written at all, each time.",
  fix: "Compare before you write, and skip the write where nothing differs.",
  defects: ["unchanged-user-touched"],
  async run(context) {
    const { scim, people, expect, skip } = context
    const emails = [{ type: "work", value: people.userName() }]
    const { id } = await givenUserKeeping(context, { emails })
    const before = readPath((await scim.get(`/Users/${id}`)).json, "meta.lastModified")
    if (before === undefined) return skip("the endpoint returned no meta.lastModified")
    const patched = await scim.patchOps(`/Users/${id}`, [{ op: "add", path: "emails", value: emails }])
    if (!expect(patched).toHaveStatus([200, 204], { code: "patch-refused" })) return
    const read = await scim.get(`/Users/${id}`)
    expect(read).toHaveValue("meta.lastModified", before, { code: "unchanged-user-touched" })
  },
})

export const primaryMoves = check({
  id: "rfc7644-3.5.2-primary-moves",
  title: "A new primary value takes the mark from the old one",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-15", "RFC7643-2.4-03"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "With two primary addresses mail goes to one or the other by chance.",
  fix: "Set primary to false on all other elements when an element becomes primary.",
  defects: ["several-primaries-kept"],
  async run(context) {
    const { people, expect } = context
    const [first, second] = [people.userName(), people.userName()]
    const { id } = await givenUserKeeping(context, { emails: [{ type: "work", value: first, primary: true }] })
    const value = [{ type: "home", value: second, primary: true }]
    const read = await patchAndRead(context, `/Users/${id}`, [{ op: "add", path: "emails", value }])
    if (read === undefined) return
    expect(read).toHaveValue("emails[primary eq true].value", second, { code: "several-primaries" })
  },
})
