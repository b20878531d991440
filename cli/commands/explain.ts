/** `scimulate explain ID`: what a case, defect, fact or finding code is about, and how to fix it. */
import { Command } from "commander"
import { EXIT_CODES } from "../exit-code.ts"
import { examples } from "../help.ts"
import type { Session } from "../session.ts"

/** Declares the command. */
export function explainCommand(session: Session): Command {
  const command = new Command("explain")
    .summary("say what a case, finding, fact or defect is about")
    .description(
      "Explains an id that a report shows: the requirement and its source, what Entra does, and how to fix it.",
    )
    .argument("[id]", "a case, a finding's code, a fact or a defect")
    .option("--defects", "list the defects that --defect switches on")
  examples(command, [
    ["scimulate explain rfc7644-3.3-duplicate-user", "a case"],
    ["scimulate explain filter-ignored", "the code of a finding"],
    ["scimulate explain WIRE-093", "a fact"],
    ["scimulate explain --defects", "the defects of the embedded target"],
  ])
  return command.action(async (id: string | undefined, { defects = false }: { defects?: boolean }) => {
    const { explain, listDefects } = await import("../explain/explain.ts")
    if (id === undefined && !defects) command.error("error: name an id, or --defects")
    const { terminal } = session
    terminal.print(id === undefined ? listDefects() : await explain(id, terminal.results.columns))
    session.exitCode = EXIT_CODES.passed
  })
}
