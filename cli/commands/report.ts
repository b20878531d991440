/** `scimulate report FILE.json`: renders a stored report again, and exits as its run did. */
import { resolve } from "node:path"
import { Command } from "commander"
import { EXIT_CODES, exitCodeOfReport, type ExitCode } from "../exit-code.ts"
import { examples } from "../help.ts"
import { collect } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. */
export function reportCommand(session: Session): Command {
  const command = new Command("report")
    .summary("render a stored report again")
    .description("Renders a report that a run stored with --reporter json=FILE, and exits with that run's code.")
    .argument("<file>", "the stored report (JSON)")
    .option("--reporter <name[=file]>", "how: console, json, junit, html, markdown (console; repeatable)", collect)
  examples(command, [
    ["scimulate report run.json", "read it again in the terminal"],
    ["scimulate report run.json --reporter html=report.html", "make a page of it"],
  ])
  return command.action(async (file: string, { reporter }: { reporter?: string[] }) => {
    session.exitCode = await renderStoredReport(session, file, reporter ?? ["console"])
  })
}

async function renderStoredReport(session: Session, file: string, reporters: readonly string[]): Promise<ExitCode> {
  const [{ parseReport, rendererNames, renderReport, ReportParseError }, outputs, { readTextFile }, { UsageError }] =
    await Promise.all([
      import("../../reports/index.ts"),
      import("../reporters.ts"),
      import("../files.ts"),
      import("../errors.ts"),
    ])
  const choices = outputs.parseReporters(reporters, rendererNames, session.folder)
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
  await outputs.assertReportersWritable(choices)
  await outputs.writeReports(choices, (name, options) => renderReport(name, report, options), session.terminal)
  return storedExitCode(report.run.exitCode) ?? exitCodeOfReport(report)
}

function storedExitCode(stored: number | undefined): ExitCode | undefined {
  return Object.values(EXIT_CODES).find((code) => code === stored)
}
