/** A model that finds nothing proves nothing: each defect of the target breaks a promise that it must notice. */
import { expect, it } from "vitest"
import { runModel } from "./run-model.ts"

it.each([
  ["patch-without-effect", /changed nothing/],
  ["disable-without-effect", /has left, and the account is active|changed nothing: .*active/],
  ["delete-without-effect", /was deleted for good, and the account is there|changed nothing: DELETE/],
  ["reactivation-ignored", /the account is not active/],
  ["add-replaces-list", /is not in the group/],
  ["remove-member-empties-group", /is not in the group|changed nothing: .*[Rr]emove.*members/],
  ["remove-member-without-effect", /is no member of .* and still in the group|changed nothing: .*[Rr]emove.*members/],
  ["created-inactive", /the account is not active/],
])("the target's defect %s is found", { timeout: 60_000 }, async (defect, symptom) => {
  const { failure } = await runModel({ histories: 20, steps: 100, seed: 1, shrinks: false, defects: [defect] })
  expect(failure?.problems.join("\n")).toMatch(symptom)
})
