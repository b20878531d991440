import { describe, expect, it } from "vitest"

import { expectKept, onlyKept, onlyWriting } from "./kept-values.ts"
import { answerWith, recordingExpect } from "./testing.ts"

const WORK_EMAIL = 'emails[type eq "work"].value'

describe("what an endpoint keeps", () => {
  it("WIRE-078 fails on values that come back altered, and warns of attributes that do not come back", () => {
    const recording = recordingExpect()
    const read = answerWith(200, { title: "Grower", emails: [{ type: "work", value: "lena@example.com" }], name: {} })
    expectKept(recording.expect, read, { title: "Grower", [WORK_EMAIL]: "Lena@Example.com", "name.givenName": "Lena" })
    expect(recording.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["value-altered", "failure"],
      ["attribute-dropped", "warning"],
    ])
  })

  it("leaves values out whose attribute is not there", () => {
    const read = answerWith(200, { title: "Grower", nickName: "" })
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
