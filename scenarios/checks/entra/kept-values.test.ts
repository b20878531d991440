import { describe, expect, it } from "vitest"

import { createExpect } from "../../create-expect.ts"
import type { Finding } from "../../../reports/index.ts"
import type { Answer, JsonObject } from "../context.ts"
import { expectKept, onlyKept, onlyWriting } from "./kept-values.ts"

const CASE = {
  id: "a-case",
  title: "A case",
  requirement: { source: "entra", ref: "Microsoft Entra ID", level: "entra" },
  confidence: "documented",
  fix: "Fix it.",
} as const

function answerWith(object: JsonObject): Answer {
  return { status: 200, header: () => undefined, text: "", json: object, object, exchange: "a-case#1" }
}

const WORK_EMAIL = 'emails[type eq "work"].value'

describe("what an endpoint keeps", () => {
  it("WIRE-078 fails on values that come back altered, and warns of attributes that do not come back", () => {
    const findings: Finding[] = []
    const read = answerWith({ title: "Grower", emails: [{ type: "work", value: "lena@example.com" }], name: {} })
    expectKept(
      createExpect(CASE, (finding) => findings.push(finding)),
      read,
      { title: "Grower", [WORK_EMAIL]: "Lena@Example.com", "name.givenName": "Lena" },
    )
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["value-altered", "failure"],
      ["attribute-dropped", "warning"],
    ])
  })

  it("leaves values out whose attribute is not there", () => {
    const read = answerWith({ title: "Grower", nickName: "" })
    expect(onlyKept(read, { title: "Driver", nickName: "Leni", "name.givenName": "Lena" })).toEqual({ title: "Driver" })
  })

  it("leaves operations, and keys of values without a path, out that write nothing of it", () => {
    const operations = [
      { op: "replace", path: WORK_EMAIL, value: "lena@example.com" },
      { op: "replace", path: "title", value: "Driver" },
      { op: "add", value: { nickName: "Leni", "name.givenName": "Lena" } },
      { op: "add", value: { "name.middleName": "M" } },
    ]
    expect(onlyWriting(operations, { title: "Driver", "name.givenName": "Lena" })).toEqual([
      { op: "replace", path: "title", value: "Driver" },
      { op: "add", value: { "name.givenName": "Lena" } },
    ])
  })
})
