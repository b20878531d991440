import { describe, expect, it } from "vitest"
import { areaOf, requirementLabel, requirementLink } from "./requirement.ts"

const rfc = (ref: string) => ({ source: "rfc", ref, level: "must" }) as const

describe("a requirement", () => {
  it.each([
    [rfc("7644 §3.5.2.2"), "RFC 7644 §3.5.2.2", "https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.2"],
    [rfc("RFC 7643 §2.4"), "RFC 7643 §2.4", "https://www.rfc-editor.org/rfc/rfc7643#section-2.4"],
    [rfc("7644"), "RFC 7644", "https://www.rfc-editor.org/rfc/rfc7644"],
    [rfc("7644 §3.4.2, §3.12"), "RFC 7644 §3.4.2, §3.12", "https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2"],
    [{ source: "entra", ref: "Connection test", level: "entra" } as const, "Connection test", undefined],
    [{ source: "seed", ref: "004 Common issues", level: "entra" } as const, "Seed 004 Common issues", undefined],
  ])("%j is labelled and linked", (requirement, label, link) => {
    expect(requirementLabel(requirement)).toBe(label)
    expect(requirementLink(requirement)).toBe(link)
  })
})

it.each([
  ["7644 §3.5.2.2", "patch"],
  ["7644 §3.5.2", "patch"],
  ["7644 §3.5.1", "replace"],
  ["7644 §3.4.2", "query"],
  ["7644 §3.4.2.2", "filter"],
  ["7644 §3.14", "versions"],
  ["7644 §3.1", "media-type"],
  ["7644 §3.12", "errors"],
  ["7644 §3.13", "protocol"],
  ["7643 §4.1", "resources"],
  ["7643 §2.4", "schema"],
  ["6750 §3", "rfc"],
])("RFC %s belongs to the area %s", (ref, area) => {
  expect(areaOf({ requirement: rfc(ref), suite: "rfc" })).toBe(area)
})

it("what quotes no RFC belongs to its suite", () => {
  const requirement = { source: "entra", ref: "Connection test", level: "entra" } as const
  expect(areaOf({ requirement, suite: "lifecycle" })).toBe("lifecycle")
})
