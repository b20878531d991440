/** Reads a stored report back. */
import type { z } from "zod"
import { reportSchema, type Report } from "./model.ts"

/** The text is no report that this version can read; the message says what is wrong and where. */
export class ReportParseError extends Error {
  override readonly name = "ReportParseError"
}

/** Parses a report as `--reporter json` wrote it. Throws {@link ReportParseError}. */
export function parseReport(text: string): Report {
  const value = parseJson(text)
  if (typeof value !== "object" || value === null || !("version" in value)) {
    throw new ReportParseError('not a scimulate report: it has no "version". Write one with --reporter json=FILE')
  }
  if (value.version !== 1) {
    throw new ReportParseError(
      `a report of version ${JSON.stringify(value.version)}; this scimulate reads version 1. Use the scimulate that wrote it`,
    )
  }
  const parsed = reportSchema.safeParse(value)
  if (!parsed.success)
    throw new ReportParseError(`a damaged report: ${issuesOf(parsed.error)}`, { cause: parsed.error })
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new ReportParseError(`not JSON (${detail}). Write a report with --reporter json=FILE`, { cause })
  }
}

/** Faults that one message can carry. */
const ISSUES_SHOWN = 3

function issuesOf({ issues }: z.ZodError): string {
  const shown = issues.slice(0, ISSUES_SHOWN).map(({ path, message }) => `${pathText(path)}: ${message}`)
  if (issues.length > ISSUES_SHOWN) shown.push(`and ${issues.length - ISSUES_SHOWN} more`)
  return shown.join("; ")
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("")
}
