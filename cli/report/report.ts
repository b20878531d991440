/** Renders a stored report again, and exits as its run did. */
import { resolve } from "node:path"
import { parseReport, rendererNames, renderReport, ReportParseError } from "../../reports/index.ts"
import { UsageError } from "../errors.ts"
import { EXIT_CODES, exitCodeOfReport, type ExitCode } from "../exit-code.ts"
import { readTextFile } from "../files.ts"
import { assertReportersWritable, parseReporters, writeReports } from "../reporters.ts"
import type { Session } from "../session.ts"

/**
 * Writes the report in `file` by these reporters, and returns its run's exit code.
 *
 * @throws UsageError for a file that holds no report, or a reporter that does not exist.
 */
export async function renderStoredReport(
  session: Session,
  file: string,
  reporters: readonly string[],
): Promise<ExitCode> {
  const choices = parseReporters(reporters, rendererNames, session.folder)
  const path = resolve(session.folder, file)
  const text = await readTextFile(path, "report")
  const report = (() => {
    try {
      return parseReport(text)
    } catch (cause) {
      if (!(cause instanceof ReportParseError)) throw cause
      throw new UsageError("USAGE_FILE", `${path} is ${cause.message}`, { cause })
    }
  })()
  await assertReportersWritable(choices)
  await writeReports(choices, (name, options) => renderReport(name, report, options), session.terminal)
  return storedExitCode(report.run.exitCode) ?? exitCodeOfReport(report)
}

function storedExitCode(stored: number | undefined): ExitCode | undefined {
  return Object.values(EXIT_CODES).find((code) => code === stored)
}
