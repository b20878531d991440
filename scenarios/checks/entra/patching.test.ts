import { describe, expect, it } from "vitest"

import { causeOfLoss, patch } from "./patching.ts"
import { DISABLE, type Operation } from "./requests.ts"
import { answerWith, recordingExpect } from "./testing.ts"

/** An endpoint that answers a PATCH with what `statusOf` gives for its operations, and holds one user. */
function endpoint(statusOf: (operations: readonly Operation[]) => number, isIdle = false) {
  const user: Record<string, string> = { userName: "lena@example.com" }
  const sent: (readonly Operation[])[] = []
  const recording = recordingExpect()
  const scim = {
    get: () => Promise.resolve(answerWith(200, { ...user })),
    patchOps(_: string, operations: readonly Operation[]) {
      sent.push(operations)
      for (const { path, value } of operations) {
        if (!isIdle && path === "userName" && typeof value === "string") user["userName"] = value
      }
      return Promise.resolve(answerWith(statusOf(operations)))
    },
  }
  return { tools: { scim, expect: recording.expect }, sent, findings: recording.findings }
}

describe("patch", () => {
  it("WIRE-101 takes 200 and 204 for success, and nothing else", async () => {
    for (const [status, codes] of [
      [200, []],
      [204, []],
      [202, ["patch-status"]],
    ] as const) {
      const { tools, findings } = endpoint(() => status)
      expect(await patch(tools, "/Users/u-1", DISABLE.entra, { code: "patch-refused" })).toBe(true)
      expect(findings.map(({ code }) => code)).toEqual(codes)
    }
  })

  it("WIRE-097 names the letter case of operations where small letters pass, and goes on", async () => {
    const { tools, findings, sent } = endpoint(([operation]) => (operation?.op === "replace" ? 204 : 400))
    expect(await patch(tools, "/Users/u-1", DISABLE.entra, { code: "patch-refused" })).toBe(true)
    expect(findings.map(({ code, fact }) => [code, fact])).toEqual([["patch-operation-case", "WIRE-097"]])
    expect(sent[1]).toEqual([{ op: "replace", path: "active", value: "False" }])
  })

  it("WIRE-106 names the text in place of a Boolean where a Boolean passes", async () => {
    const { tools, findings, sent } = endpoint(([operation]) => (operation?.value === false ? 204 : 400))
    expect(await patch(tools, "/Users/u-1", DISABLE.entra, { code: "patch-refused" })).toBe(true)
    expect(findings.map(({ code }) => code)).toEqual(["boolean-string-rejected"])
    expect(sent).toHaveLength(3)
  })

  it("WIRE-117 names the missing path where the same values pass with one", async () => {
    const { tools, findings, sent } = endpoint(([operation]) => (operation?.path === undefined ? 400 : 204))
    const operations = [{ op: "replace", value: { displayName: "Lena", "name.givenName": "Lena" } }]
    expect(await patch(tools, "/Users/u-1", operations, { code: "patch-refused" })).toBe(true)
    expect(findings.map(({ code }) => code)).toEqual(["path-needed"])
    expect(sent[1]).toEqual([
      { op: "replace", path: "displayName", value: "Lena" },
      { op: "replace", path: "name.givenName", value: "Lena" },
    ])
  })

  it("names the refusal as the case does where no spelling helps", async () => {
    const { tools, findings } = endpoint(() => 400)
    const refusal = { code: "patch-refused", severity: "warning" } as const
    expect(await patch(tools, "/Users/u-1", DISABLE.entra, refusal)).toBe(false)
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["patch-refused", "warning"]])
  })

  it.each([
    [428, "if-match-required"],
    [412, "if-match-required"],
    [501, "method-not-supported"],
    [403, "credentials-refused"],
    [404, "patch-refused"],
  ])("does not try other spellings on %i", async (status, code) => {
    const { tools, findings, sent } = endpoint(() => status)
    expect(await patch(tools, "/Users/u-1", DISABLE.entra, { code: "patch-refused" })).toBe(false)
    expect(findings.map((finding) => finding.code)).toEqual([code])
    expect(sent).toHaveLength(1)
  })
})

describe("causeOfLoss", () => {
  it("keeps the code where a plain change works", async () => {
    const { tools } = endpoint(() => 204)
    expect(await causeOfLoss(tools, "/Users/u-1", "value-path-not-applied")).toBe("value-path-not-applied")
  })

  it("says that no PATCH has any effect where not even a plain one has", async () => {
    const { tools } = endpoint(() => 204, true)
    expect(await causeOfLoss(tools, "/Users/u-1", "value-path-not-applied")).toBe("patch-without-effect")
  })

  it("keeps the code where a plain change is refused", async () => {
    const { tools } = endpoint(() => 400, true)
    expect(await causeOfLoss(tools, "/Users/u-1", "value-path-not-applied")).toBe("value-path-not-applied")
  })
})
