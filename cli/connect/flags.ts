/** The flags of every command that goes to somebody's endpoint. */
import type { Command } from "commander"
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
