/** Help texts begin with examples: what people copy first. */
import type { Command } from "commander"

/** Puts lines of example and meaning in front of a command's help. */
export function examples(command: Command, lines: readonly (readonly [example: string, meaning: string])[]): Command {
  const width = Math.max(...lines.map(([example]) => example.length))
  const text = lines.map(([example, meaning]) => `  ${example.padEnd(width)}   ${meaning}`).join("\n")
  return command.addHelpText("before", `Examples:\n${text}\n`)
}
