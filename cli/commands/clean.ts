/** `scimulate clean URL --run ID`: removes what a crashed run left. */
import { Command } from "commander"
import { addCredentials } from "../connect/flags.ts"
import { examples } from "../help.ts"
import { toSeconds } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. */
export function cleanCommand(session: Session): Command {
  const command = new Command("clean")
    .summary("remove what a crashed run left")
    .description("Finds people and groups whose names carry a run's id, and removes them. Nothing else is touched.")
    .argument("<url>", "base URL of the endpoint")
    .requiredOption(
      "--run <id>",
      "the run's id: seven letters and digits, printed in its report and part of every name it made",
    )
    .option("--list", "only list what would be removed")
    .option("--timeout <seconds>", "how long one answer may take", toSeconds)
    .option("--allow-writes", "allow a target that is not on this machine")
    .option("--config <file>", "configuration file instead of the nearest scimulate.config.{ts,js,json}")
  addCredentials(command)
  examples(command, [
    ["scimulate clean http://localhost:3000/scim/v2 --token s3cret --run kqv3m1x --list", "see what is left"],
    ["scimulate clean http://localhost:3000/scim/v2 --token s3cret --run kqv3m1x", "remove it"],
  ])
  return command.action(async (url: string, flags: Record<string, unknown>) => {
    const { clean } = await import("../clean/clean.ts")
    session.exitCode = await clean(session, url, flags)
  })
}
