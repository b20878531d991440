/**
 * The program: which commands there are, what happens to their errors, and the exit code. Each command loads what it needs
 * only when it runs, so that --help answers at once.
 */
import { readFileSync } from "node:fs"
import { CommanderError, Command } from "commander"
import { cleanCommand } from "./commands/clean.ts"
import { explainCommand } from "./commands/explain.ts"
import { expressionCommand } from "./commands/expression.ts"
import { loadCommand } from "./commands/load.ts"
import { reportCommand } from "./commands/report.ts"
import { runCommand } from "./commands/run.ts"
import { targetCommand } from "./commands/target.ts"
import { EXIT_CODES, exitCodeOfError } from "./exit-code.ts"
import { examples } from "./help.ts"
import type { Session } from "./session.ts"
import { createTerminal } from "./terminal.ts"

/** Runs the program on this process: its arguments, streams, signals and exit code. */
export async function main(): Promise<void> {
  surviveClosedPipes()
  const session: Session = {
    terminal: createTerminal({ stdout: process.stdout, stderr: process.stderr, env: process.env }),
    env: process.env,
    folder: process.cwd(),
    args: process.argv.slice(2),
    version: readVersion(),
    exitCode: EXIT_CODES.passed,
    onInterrupt,
  }
  await runProgram(session)
  process.exitCode = session.exitCode
}

/** Parses the session's arguments and runs the command they name. Never throws: errors are told and become the exit code. */
async function runProgram(session: Session): Promise<void> {
  try {
    await createProgram(session).parseAsync(session.args, { from: "user" })
  } catch (thrown) {
    session.exitCode = reportError(thrown, session)
  }
}

function createProgram(session: Session): Command {
  const { terminal } = session
  const program = new Command("scimulate")
    .description(
      "Replays what Microsoft Entra ID's provisioning service does over months against a SCIM 2.0 endpoint, in seconds, and says whether the endpoint is ready for it and what to fix first.",
    )
    .version(session.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: (text) => terminal.note(text) })
    .showHelpAfterError("(scimulate --help shows what there is)")
  examples(program, [
    ["scimulate run", "try it on the embedded reference target"],
    ["scimulate run http://localhost:3000/scim/v2 --token s3cret", "test an endpoint"],
    ["scimulate run --suite basic --reporter json", "the shortest run, as JSON"],
    ["scimulate explain rfc7644-3.3-duplicate-user", "what a case wants, and how to fix it"],
  ])
  for (const create of [
    runCommand,
    targetCommand,
    expressionCommand,
    loadCommand,
    reportCommand,
    explainCommand,
    cleanCommand,
  ]) {
    const command = create(session).copyInheritedSettings(program)
    program.addCommand(command.showHelpAfterError(`(scimulate ${command.name()} --help shows what there is)`))
  }
  return program
}

/** Tells the user what went wrong and returns the exit code it means. */
function reportError(thrown: unknown, { terminal }: Session): Session["exitCode"] {
  if (thrown instanceof CommanderError) {
    // Commander has said it already. Its own code for wrong usage is 1, which is ours for a failed case.
    return thrown.exitCode === 0 ? EXIT_CODES.passed : EXIT_CODES.usage
  }
  const exitCode = exitCodeOfError(thrown)
  if (exitCode === EXIT_CODES.ownFault || !(thrown instanceof Error)) {
    const stack = thrown instanceof Error ? thrown.stack : String(thrown)
    terminal.note(`${stack}\nThis is a fault of scimulate itself. Please report it with the lines above.\n`)
    return EXIT_CODES.ownFault
  }
  terminal.note(`error: ${thrown.message}\n`)
  if ("hint" in thrown && typeof thrown.hint === "string") terminal.note(`  ${thrown.hint}\n`)
  return exitCode
}

/** `scimulate … | head` closes our stdout early: that is the reader's right, not an error. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error
    })
  }
}

function onInterrupt(stop: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const
  const once = () => {
    ignore()
    stop()
  }
  const ignore = () => {
    for (const signal of signals) process.off(signal, once)
  }
  for (const signal of signals) process.on(signal, once)
  return ignore
}

/** package.json stands beside cli/ in a clone, and two folders up from dist/cli/ in the package. */
function readVersion(): string {
  for (const place of ["../package.json", "../../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"))
      if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version)
    } catch {
      // Not here: the other place has it.
    }
  }
  return "unknown"
}
