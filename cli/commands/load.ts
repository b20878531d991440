/** `scimulate load`: the provisioning service's load, by k6, judged and reported. */
import { Argument, Command, Option } from "commander"
import { addCredentials, addEmbeddedTarget, addReporter } from "../connect/flags.ts"
import { examples } from "../help.ts"
import { collect, toDuration, toRate, toSeconds, toWholeNumber } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. Each flag's camel-case name is a key of loadOptionsSchema (options.ts). */
export function loadCommand(session: Session): Command {
  const command = new Command("load")
    .summary("run a load profile with k6, and judge what the endpoint made of it")
    .description(
      "Sends what Entra sends, as much as Entra sends, with k6; then reads what the endpoint holds and compares it with the plan. Without a URL against the embedded reference target in a process of its own.",
    )
    .addArgument(
      new Argument(
        "<profile>",
        "which load: initial-cycle, incremental, group-storm, leavers, many-tenants, reconnect, soak, breakpoint, quarantine-return",
      ),
    )
    .argument(
      "[url]",
      "base URL of the endpoint; {tenant} in it stands for a tenant's name, and commas part the URLs of several",
    )
  examples(command, [
    ["scimulate load initial-cycle http://localhost:3000/scim/v2 --token s3cret", "everybody for the first time"],
    ["scimulate load group-storm $URL --token-env SCIM_TOKEN --users 1000", "one group, members side by side"],
    [
      "scimulate load soak $URL --token-env SCIM_TOKEN --duration 1h --reporter html=soak.html",
      "an hour at 25 a second",
    ],
    ["scimulate load initial-cycle --write-plan plan.json", "the requests alone, for plain k6 run"],
    [
      "scimulate load many-tenants http://scim.apps.svc/scim/v2 --k8s --allow-writes > run.yaml",
      "by pods of a cluster",
    ],
  ])
  addCredentials(command)
  addLoad(command)
  addOutput(command)
  addDistribution(command)
  addControl(command)
  return command.action(async (profile: string, url: string | undefined, flags: Record<string, unknown>) => {
    const { load } = await import("../load/load.ts")
    session.exitCode = await load(session, profile, { ...flags, ...(url !== undefined && { url }) })
  })
}

function addLoad(command: Command): void {
  command
    .optionsGroup("Load:")
    .option("--users <number>", "people in each tenant (by profile)", toWholeNumber)
    .option("--tenants <number>", "tenants, each with a provisioning job of its own (by profile)", toWholeNumber)
    .option("--tenant-tokens <file>", "bearer tokens of several tenants, one a line, in their order")
    .option("--vus <number>", "requests in flight for each tenant (8)", toWholeNumber)
    .option(
      "--duration <time>",
      "how long, e.g. 30s, 5m, 1h (by profile; a profile that ends by itself is cut)",
      toDuration,
    )
    .option("--rate <number>", "at most so many requests a second for each tenant, e.g. 25/s", toRate)
    .addOption(new Option("--dialect <dialect>", "how Entra speaks (entra)").choices(["entra", "entra-optscim"]))
    .option("--seed <number>", "seed of everything invented (1 when embedded, else random)", toWholeNumber)
  addEmbeddedTarget(command)
}

function addOutput(command: Command): void {
  command.optionsGroup("Output:")
  addReporter(command)
  command
    .option("--thresholds <file>", "what the endpoint has to keep, as JSON, instead of the defaults")
    .option("--summary <file>", "k6's own summary, as JSON")
    .option("--write-plan <file>", "write the requests as a plan for plain `k6 run`, and send nothing")
}

function addDistribution(command: Command): void {
  command
    .optionsGroup("Past one machine (docs/scale.md):")
    .option("--k8s", "print manifests for k6-operator, and send nothing")
    .option("--runners <number>", "how many pods run k6, each with its share (4)", toWholeNumber)
    .option("--namespace <name>", "namespace of the objects (that of kubectl's context)")
    .option("--plan-claim <name>", "PersistentVolumeClaim that holds plan.json, where it is too large for ConfigMaps")
    .option("--journal <file>", "judge what k6 wrote elsewhere (logs of pods) instead of sending (repeatable)", collect)
}

function addControl(command: Command): void {
  command
    .optionsGroup("Control:")
    .option("--k6 <file>", "the k6 to run instead of the first one of K6_BIN, PATH and the project's cache")
    .option("--timeout <seconds>", "how long one answer may take when the end state is read", toSeconds)
    .option("--keep", "leave what the load created in place")
    .option("--allow-writes", "allow a target that is not on this machine: the load creates and changes people there")
    .option("--config <file>", "configuration file instead of the nearest scimulate.config.{ts,js,json}")
}
