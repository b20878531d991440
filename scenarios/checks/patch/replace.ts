import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { patchAndRead } from "../patch-and-read.ts"

export const replaceComplex = check({
  id: "rfc7644-3.5.2.3-replace-complex",
  title: "replace of a complex attribute leaves alone the parts that are not given",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.3", level: "must" },
  facts: ["RFC7644-3.5.2.3-04"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A change of the family name loses the given name.",
  fix: "Merge the given sub-attributes into the complex value.",
  defects: ["replace-clears-siblings"],
  async run(context) {
    const { expect } = context
    const { id } = await givenUserKeeping(context, { name: { givenName: "Ada", familyName: "Byron" } })
    const operation = { op: "replace", path: "name", value: { familyName: "Lovelace" } }
    const read = await patchAndRead(context, `/Users/${id}`, [operation])
    if (read === undefined) return
    expect(read).toHaveValue("name.familyName", "Lovelace", { code: "patch-without-effect" })
    expect(read).toHaveValue("name.givenName", "Ada", { code: "replace-clears-siblings" })
  },
})

export const replaceSelected = check({
  id: "rfc7644-3.5.2.3-replace-selected",
  title: "replace with a filter in its path changes the selected element and no other",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.3", level: "must" },
  facts: ["RFC7644-3.5.2.3-05", "RFC7644-3.5.2-06"],
  needs: ["users", "patch"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra changes addresses and telephone numbers only like this. Where the filter is not applied, the work address ends up in every entry.",
  fix: "Evaluate the filter in the path for each element, and change those that match.",
  defects: ["selection-ignored", "selection-refused"],
  async run(context) {
    const { people, expect } = context
    const [work, home, fresh] = [people.userName(), people.userName(), people.userName()]
    const emails = [
      { type: "work", value: work },
      { type: "home", value: home },
    ]
    const { id } = await givenUserKeeping(context, { emails })
    const operation = { op: "replace", path: 'emails[type eq "work"].value', value: fresh }
    const read = await patchAndRead(context, `/Users/${id}`, [operation], "selection-refused")
    if (read === undefined) return
    expect(read).toHaveValue('emails[type eq "work"].value', fresh, { code: "selection-ignored" })
    expect(read).toHaveValue('emails[type eq "home"].value', home, { code: "selection-ignored" })
  },
})

export const replaceWithoutMatch = check({
  id: "rfc7644-3.5.2.3-replace-without-match",
  title: "replace with a filter that selects nothing is refused with 400 noTarget",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.3", level: "must" },
  facts: ["RFC7644-3.5.2.3-06", "RFC7644-3.12-17"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Success without effect: the client believes in a value that is not there, and never sends it again.",
  fix: "Answer 400 noTarget, or create the element that the filter describes, as Entra expects; never report success for nothing.",
  defects: ["missing-target-ignored", "missing-target-created"],
  strict: true,
  async run({ scim, people, expect }) {
    const { id } = await scim.givenUser()
    const value = people.userName()
    const patched = await scim.patchOps(`/Users/${id}`, [
      { op: "replace", path: 'emails[type eq "work"].value', value },
    ])
    if (patched.status !== 200 && patched.status !== 204) {
      expect(patched).toBeScimError(400, "noTarget", { severity: "warning" })
      return
    }
    // Creating the element is what Entra relies on: the RFC says otherwise, and nobody is hurt (RES-02).
    const isCreated = (await scim.get(`/Users/${id}`)).text.includes(value)
    expect.fail({
      code: isCreated ? "missing-target-created" : "missing-target-ignored",
      message: `A replace whose filter selects nothing ${isCreated ? "created the element" : "was answered with success and did nothing"}`,
      expected: "status 400 with scimType noTarget",
      actual: `status ${patched.status}`,
      exchanges: [patched.exchange],
      ...(isCreated && { severity: "warning" }),
    })
  },
})
