/** The command that sends the very same load again: with its seed, which may have been drawn. */
import { recordedCommand } from "../run/recorded-command.ts"

export function repeatCommand(args: readonly string[], seed: number): string {
  const hasSeed = args.some((argument) => argument === "--seed" || argument.startsWith("--seed="))
  return recordedCommand(hasSeed ? args : [...args, "--seed", String(seed)])
}
