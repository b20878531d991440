/** `scimulate target`: serves the reference target. */
import { Command, Option } from "commander"
import { examples } from "../help.ts"
import { collect, collectLimit, toWholeNumber } from "../option-values.ts"
import type { Session } from "../session.ts"

/** Declares the command. Each flag's camel-case name is a key of targetOptionsSchema (options.ts). */
export function targetCommand(session: Session): Command {
  const command = new Command("target")
    .summary("serve the reference target")
    .description("Serves the reference SCIM target at /scim/v2 until interrupted. The first line on stdout says where.")
    .option("--port <number>", "port to listen on; 0 takes a free one (8080)", toWholeNumber)
    .option("--host <address>", "address to listen on (127.0.0.1)")
    .option("--db <file>", "database file, or :memory: (:memory:)")
    .option("--token <token>", "accept this bearer token (repeatable); without it one is made and printed", collect)
    .option("--defect <name>", "switch on a known defect (repeatable); scimulate explain --defects lists them", collect)
    .addOption(
      new Option("--compat <mode>", "with Entra's tolerances (entra), or strictly by the RFC").choices([
        "entra",
        "rfc",
      ]),
    )
    .option("--schemas <file>", "serve the custom schemas and resource types of a JSON file, too")
    .option("--limit <name=value>", "how much a request may ask (repeatable); docs/target-limits.md", collectLimit)
    .option("--tenant <name[=token]>", "serve a further tenant at /t/NAME/scim/v2 (repeatable)", collect)
    .option("--config <file>", "configuration file instead of the nearest scimulate.config.{ts,js,json}")
    .optionsGroup("Who may call (docs/administration.md):")
    .option("--admin-token <token>", "open the administration API at /admin to this token (repeatable)", collect)
    .option("--admin-token-env <name>", "the same, from the environment")
    .option("--oauth-client <id:secret>", "give this client access tokens at /oauth/token (repeatable)", collect)
    .option("--jwt-issuer <issuer>", "accept tokens that this issuer signed")
    .option("--jwt-audience <audience>", "… and made out to this audience (repeatable)", collect)
    .option("--jwks <file|url>", "… with these keys: a key set, or where the issuer serves it")
    .option("--jwt-claim <name=value>", "… and with this claim (repeatable)", collect)
    .option("--rate-limit <rate>", "answer 429 beyond so many requests of a tenant: 25/s, 1500/min")
    .option("--allow-ip <cidr>", "answer 403 to all other addresses (repeatable)", collect)
    .option("--trust-proxy <cidr>", "believe X-Forwarded-For from these addresses (repeatable)", collect)
  examples(command, [
    ["scimulate target --port 0", "a free port, a made-up token"],
    ["scimulate target --token s3cret --db people.db", "keep what is written"],
    ["scimulate target --token s3cret --defect media-type-json", "one known fault"],
    ["scimulate target --admin-token-env ADMIN --tenant acme", "tenants, tokens, audit log: docs/administration.md"],
    ["scimulate target --schemas schemas.json", "extensions and resource types of your own (docs/custom-schemas.md)"],
  ])
  return command.action(async (flags: Record<string, unknown>) => {
    const { serveTarget } = await import("../serve-target.ts")
    session.exitCode = await serveTarget(session, flags)
  })
}
