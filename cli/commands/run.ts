/** `scimulate run`: checks and scenarios against a target, judged and reported. */
import { Command, Option } from "commander"
import { addCredentials, addEmbeddedTarget, addReporter } from "../connect/flags.ts"
import { examples } from "../help.ts"
import { collect, toRate, toSeconds, toWholeNumber } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. Each flag's camel-case name is a key of runOptionsSchema (options.ts). */
export function runCommand(session: Session): Command {
  const command = new Command("run")
    .summary("run checks and scenarios, and judge the endpoint")
    .description(
      "Runs checks and scenarios against a SCIM endpoint; without a URL against the embedded reference target.",
    )
    .argument("[url]", "base URL of the endpoint, e.g. http://localhost:3000/scim/v2")
  examples(command, [
    ["scimulate run http://localhost:3000/scim/v2 --token s3cret", "test an endpoint"],
    ["scimulate run $URL --token-env SCIM_TOKEN --reporter junit=scim.xml", "in CI"],
    ["scimulate run $URL --case rfc7644-3.3-duplicate-user", "one case again"],
    ["scimulate run --defect media-type-json", "see what catches a known defect"],
  ])
  addCredentials(command)
  addChoice(command)
  addInput(command)
  addOutput(command)
  addControl(command)
  return command.action(async (url: string | undefined, flags: Record<string, unknown>) => {
    const { run } = await import("../run/run.ts")
    session.exitCode = await run(session, { ...flags, ...(url !== undefined && { url }) })
  })
}

function addChoice(command: Command): void {
  command
    .optionsGroup("Choice:")
    .option("--suite <name>", "run this suite (repeatable)", collect)
    .option("--case <key>", "run this case: an id, or id@dialect (repeatable)", collect)
    .option("--grep <regexp>", "run cases whose key or title matches")
    .option("--list", "list what would run, and run nothing")
    .addOption(new Option("--dialect <dialect>", "how Entra speaks (both)").choices(["entra", "entra-optscim"]))
    .option("--seed <number>", "seed of everything invented (1 when embedded, else random)", toWholeNumber)
}

function addInput(command: Command): void {
  command
    .optionsGroup("Input:")
    .option(
      "--directory <file>",
      "people and groups of a directory export (Graph JSON, portal CSV) instead of invented ones",
    )
    .option(
      "--adopt-existing",
      "with --directory: keep names and addresses as they are, after listing whom that touches",
    )
    .option("--mapping <file>", "a synchronizationSchema JSON instead of the default mappings")
  addEmbeddedTarget(command)
}

function addOutput(command: Command): void {
  command.optionsGroup("Output:")
  addReporter(command)
  command.addOption(
    new Option("--evidence <amount>", "how many exchanges a report keeps (capped)").choices(["capped", "all"]),
  )
}

function addControl(command: Command): void {
  command
    .optionsGroup("Control:")
    .option("--baseline <file>", "known failures: only new ones fail the run")
    .option("--update-baseline", "take what no longer fails out of the baseline (or write the first one)")
    .option("--bail", "stop at the first failed case")
    .option("--concurrency <number>", "cases at a time", toWholeNumber)
    .option("--rate <number>", "at most so many requests a second, e.g. 25/s", toRate)
    .option("--timeout <seconds>", "how long one answer may take", toSeconds)
    .option("--keep", "leave what cases created in place")
    .option("--allow-writes", "allow a target that is not on this machine: cases create and delete people there")
    .option("--config <file>", "configuration file instead of the nearest scimulate.config.{ts,js,json}")
}
