import { describe, expect, it } from "vitest"

import { UsageError } from "../protocol/index.ts"
import { check, type Case } from "./define.ts"
import { planCases, selectCases } from "./select.ts"

function caseOf(id: string, more: Partial<Parameters<typeof check>[0]> = {}): Case {
  return check({
    id,
    title: `Title of ${id}`,
    suite: "rfc",
    requirement: { source: "rfc", ref: "7644", level: "must" },
    facts: [],
    needs: [],
    clients: ["rfc", "entra", "entra-optscim"],
    confidence: "documented",
    why: "",
    fix: "",
    defects: [],
    async run() {},
    ...more,
  })
}

const cases = [
  caseOf("rfc-duplicate-user", { suite: "basic" }),
  caseOf("entra-patch", { suite: "entra", dialects: ["entra", "entra-optscim"] }),
  caseOf("optscim-only", { clients: ["entra-optscim"] }),
]
const keysOf = (selection: Parameters<typeof selectCases>[1]) => selectCases(cases, selection).map(({ key }) => key)

describe("planCases", () => {
  it("runs a case once for each of its dialects, for the client that speaks it", () => {
    expect(planCases(cases).map(({ key, clients }) => [key, clients])).toEqual([
      ["rfc-duplicate-user", ["rfc", "entra", "entra-optscim"]],
      ["entra-patch@entra", ["rfc", "entra"]],
      ["entra-patch@entra-optscim", ["rfc", "entra-optscim"]],
      ["optscim-only", ["entra-optscim"]],
    ])
  })
})

describe("selectCases", () => {
  it("takes everything by default", () => {
    expect(keysOf({})).toHaveLength(4)
  })
  it("chooses by suite, by id or key, by text and by dialect", () => {
    expect(keysOf({ suites: ["basic", "entra"] })).toEqual([
      "rfc-duplicate-user",
      "entra-patch@entra",
      "entra-patch@entra-optscim",
    ])
    expect(keysOf({ keys: ["entra-patch"] })).toEqual(["entra-patch@entra", "entra-patch@entra-optscim"])
    expect(keysOf({ keys: ["entra-patch@entra"] })).toEqual(["entra-patch@entra"])
    expect(keysOf({ grep: /of optscim/ })).toEqual(["optscim-only"])
    expect(keysOf({ dialects: ["entra"] })).toEqual(["rfc-duplicate-user", "entra-patch@entra"])
  })
  it("refuses what it does not know, with a suggestion", () => {
    expect(() => keysOf({ keys: ["rfc-duplicat-user"] })).toThrow(UsageError)
    expect(() => keysOf({ keys: ["rfc-duplicat-user"] })).toThrow('There is no case "rfc-duplicat-user".')
    try {
      keysOf({ suites: ["basics"] })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: "USAGE_SELECTION", hint: "Did you mean basic?" })
    }
  })
  it("refuses a selection that matches nothing", () => {
    expect(() => keysOf({ grep: /nothing like it/ })).toThrow("The selection matches no case.")
    expect(() => keysOf({ keys: ["optscim-only"], dialects: ["entra"] })).toThrow("The selection matches no case.")
  })
})
