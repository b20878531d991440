/** The JSON Schema of a report, generated from the zod model and shipped in the package. */
import { z } from "zod"
import { reportSchema } from "./model.ts"

/** The text of report.schema.json (JSON Schema draft 2020-12). */
export function renderReportSchema(): string {
  const schema = {
    title: "scimulate report, version 1",
    description:
      "What one run of scimulate found. Optional fields may be added; nothing else changes within version 1.",
    ...z.toJSONSchema(reportSchema),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
