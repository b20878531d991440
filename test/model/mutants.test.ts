/** A model that finds nothing proves nothing: each defect of the target and of the engine breaks a promise that it must notice. */
import { describe, expect, it } from "vitest"
import { ENGINE_MUTANTS } from "./mutants.ts"
import { runModel } from "./run-model.ts"

const BOUNDS = { steps: 100, seed: 2, shrinks: false } as const

describe("the target", () => {
  it.each([
    ["patch-without-effect", /changed nothing/],
    ["disable-without-effect", /has left, and the account is active|changed nothing: .*active/],
    ["delete-without-effect", /was deleted for good, and the account is there|changed nothing: DELETE/],
    ["reactivation-ignored", /the account is not active|changed nothing: .*active/],
    ["add-replaces-list", /is not in the group|changed nothing: .*[Rr]emove.*members/],
    ["remove-member-empties-group", /is not in the group|changed nothing: .*[Rr]emove.*members/],
    ["remove-member-without-effect", /is no member of .* and still in the group|changed nothing: .*[Rr]emove.*members/],
    ["created-inactive", /the account is not active/],
  ])("whose defect is %s is found out", { timeout: 60_000 }, async (defect, symptom) => {
    const { failure } = await runModel({ ...BOUNDS, histories: 20, broken: { defects: [defect] } })
    expect(failure?.problems.join("\n")).toMatch(symptom)
  })
})

describe("the engine", () => {
  it.each<[keyof typeof ENGINE_MUTANTS, RegExp]>([
    ["gives an object up after one retry", /has no account|should be|group|has left|is not active|deleted for good/],
    ["never leaves a quarantine", /the job is still in quarantine/],
    ["never makes anew what vanished from the target", /which is gone|InvalidAnchor/],
    ["holds no deletion back", /were disabled or deleted in one cycle/],
    ["does not know SkipOutOfScopeDeletions", /in spite of SkipOutOfScopeDeletions/],
    ["disables where the application knows no soft delete", /has left, and the account is/],
    ["does not heed the target object actions", /is not allowed/],
    ["sends no disable", /has left, and the account is active/],
    ["takes nobody out of a group", /is no member of .* and still in the group/],
    ["does not look for what a lost create has left", /still fails|has no account/],
    ["writes what is there already", /changed nothing: PATCH/],
    ["goes on behind a cycle that broke off", /has no account|should be|group|has left|is not active|deleted for good/],
    ["looks at nobody when it is restarted", /has no account|should be|group|not at the target/],
  ])("that %s is found out", { timeout: 60_000 }, async (name, symptom) => {
    const { failure } = await runModel({ ...BOUNDS, histories: 60, broken: { engine: ENGINE_MUTANTS[name] } })
    expect(failure?.problems.join("\n")).toMatch(symptom)
  })
})
