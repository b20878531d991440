/** The flags that commands share which go to somebody's endpoint, or to the embedded one, and report. */
import { Option, type Command } from "commander"
import { collect } from "../option-values.ts"

export function addCredentials(command: Command): void {
  command
    .optionsGroup("Credentials:")
    .option("--token <token>", "bearer token (others on this machine can see it: prefer the next two)")
    .option("--token-env <name>", "environment variable that holds the token")
    .option("--token-file <file>", "file that holds the token")
    .option("--oauth-token-url <url>", "token endpoint for OAuth client credentials")
    .option("--client-id <id>", "OAuth client id")
    .option("--client-secret-env <name>", "environment variable that holds the OAuth client secret")
    .option("--header <header>", "extra header 'Name: value' (repeatable)", collect)
    .option("--ca <file>", "certificate authority to trust (PEM)")
    .option("--insecure", "accept any certificate (loopback only)")
}

/** What the embedded reference target should be like. */
export function addEmbeddedTarget(command: Command): void {
  command
    .option("--defect <name>", "embedded target only: switch on a known defect (repeatable)", collect)
    .addOption(
      new Option(
        "--compat <mode>",
        "embedded target only: with Entra's tolerances (entra), or strictly by the RFC",
      ).choices(["entra", "rfc"]),
    )
}

export function addReporter(command: Command): void {
  command.option(
    "--reporter <name[=file]>",
    "how to report: console, json, junit, html, markdown (console; repeatable)",
    collect,
  )
}
