import { expect, it } from "vitest"
import { z } from "zod"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { renderReportSchema } from "./schema.ts"

const schema: unknown = JSON.parse(renderReportSchema())

it("is a closed JSON Schema of draft 2020-12 that requires every fixed member", () => {
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "scimulate report, version 1",
    type: "object",
    additionalProperties: false,
    required: [
      "version",
      "tool",
      "machine",
      "run",
      "target",
      "verdicts",
      "summary",
      "causes",
      "cases",
      "exchanges",
      "cycles",
      "provisioningLogs",
      "leftovers",
    ],
    properties: { version: { const: 1 } },
  })
})

it("accepts a report and refuses one with a stray member, read by a validator made from the schema alone", () => {
  const validator = z.fromJSONSchema(z.record(z.string(), z.json()).parse(schema))
  expect(validator.safeParse(JSON.parse(JSON.stringify(sampleReport))).success).toBe(true)
  expect(validator.safeParse({ ...sampleReport, stray: 1 }).success).toBe(false)
})
