/** `scimulate report FILE.json`: renders a stored report again. */
import { Command } from "commander"
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
    const { renderStoredReport } = await import("../report/report.ts")
    session.exitCode = await renderStoredReport(session, file, reporter ?? ["console"])
  })
}
