/** `scimulate expression EXPR`: what a mapping expression gives for a person. */
import { Command } from "commander"
import { examples } from "../help.ts"
import { collect } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. */
export function expressionCommand(session: Session): Command {
  const command = new Command("expression")
    .summary("evaluate an attribute mapping expression")
    .description("Prints as JSON what a mapping expression gives, as the portal's expression builder does.")
    .argument("<expression>", "e.g. 'Join(\" \", [givenName], [surname])'")
    .option("--set <attribute=value>", "a source attribute (repeatable; the same one twice gives two values)", collect)
    .option("--user <file>", "JSON object of source attributes; - reads stdin, as a pipe does")
    .option("--now <time>", "the time that Now() gives (RFC 3339)")
    .option("--taken <value>", "a value that SelectUniqueValue must avoid (repeatable)", collect)
    .option("--domain <domain>", "the tenant's initial domain")
    .option("--cloud-sync", "with the functions of Cloud Sync")
  examples(command, [
    [`scimulate expression 'ToLower([mail])' --set mail=Ada@Example.com`, "one attribute"],
    [`scimulate expression 'Join(" ", [givenName], [surname])' --user ada.json`, "a person from a file"],
  ])
  return command.action(async (text: string, flags: Record<string, unknown>) => {
    const { evaluate } = await import("../expression/evaluate.ts")
    session.exitCode = await evaluate(session, text, flags)
  })
}
