/** What a user waits for: start-up beside `node -e 0`, and a whole run on the embedded target, from the built package. */
import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { median } from "./median.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

function timeMs(args: readonly string[]): number {
  const startedAt = performance.now()
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" })
  if (result.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${String(result.status)}`)
  return performance.now() - startedAt
}

/**
 * Builds the package and gives the path of its command. In a folder as the package has it: the command takes the built program
 * where no source lies beside it.
 */
export function buildCommand(): string {
  execFileSync(process.execPath, ["build.ts"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  const packed = mkdtempSync(join(tmpdir(), "scimulate-bench-"))
  cpSync(join(root, "dist"), join(packed, "dist"), { recursive: true })
  for (const file of ["package.json", "cli/bin.mjs"]) cpSync(join(root, file), join(packed, file))
  symlinkSync(join(root, "node_modules"), join(packed, "node_modules"))
  return join(packed, "cli/bin.mjs")
}

/** Gives lines: medians of interleaved runs of the built command. */
export function compareCommand(main: string, options: { runs: number }): string[] {
  const empty: number[] = []
  const help: number[] = []
  const run: number[] = []
  for (let n = 0; n < options.runs; n++) {
    empty.push(timeMs(["-e", "0"]))
    help.push(timeMs([main, "--help"]))
    run.push(timeMs([main, "run", "--reporter", "json=/dev/null"]))
  }
  return [
    "Commands from the built package:",
    "",
    "| command | median ms | beside `node -e 0` |",
    "| --- | ---: | ---: |",
    `| \`node -e 0\` | ${median(empty).toFixed(0)} | 1 |`,
    `| \`scimulate --help\` (aim: under 150 ms) | ${median(help).toFixed(0)} | ${(median(help) / median(empty)).toFixed(1)} |`,
    `| \`scimulate run\`, everything on the embedded target (aim: under 3 s) | ${median(run).toFixed(0)} | ${(median(run) / median(empty)).toFixed(1)} |`,
    "",
  ]
}
